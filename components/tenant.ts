import { resourceClass, tenant } from "../provider/index.ts";
import type { ResourceInstance } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";
import type { z } from "zod";

const TenantIdentity = resourceClass(tenant);

export type TenantIdentityArgs = z.input<typeof tenant.inputs>;

/** Which tenant this is, and who decides for it. Everything else waits for it: it refuses a wrong tenant. */
export class TenantSection extends TenantComponent {
  readonly identity: ResourceInstance<typeof tenant.inputs, typeof tenant.outputs>;

  constructor(context: Context, args: TenantIdentityArgs) {
    super("Tenant", context, []);
    this.identity = new TenantIdentity(context.stack, args, this.child("m365"));
    this.registerOutputs({});
  }
}
