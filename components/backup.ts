import type pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { policy, resourceClass } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";

const BackupPolicy = resourceClass(policy);

export type BackupArgs = z.input<typeof policy.inputs>;

/** The backup outside Microsoft. Comes before any licence or site, so that nothing is ever without it. */
export class BackupSection extends TenantComponent {
  readonly policy: pulumi.Resource;

  constructor(context: Context, args: BackupArgs, dependsOn: readonly pulumi.Resource[]) {
    super("Backup", context, dependsOn);
    this.policy = new BackupPolicy(`${context.stack}-backup`, args, this.child("m365", dependsOn));
    this.registerOutputs({});
  }
}
