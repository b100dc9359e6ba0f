/** A pass for somebody's first sign-in, without an engine: see provider/directory/access-pass.ts. */
import { createAccessPass } from "../provider/index.ts";
import type { AccessPassFor } from "../provider/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { openService } from "./connect.ts";
import type { SessionOptions } from "./session-options.ts";

export interface AccessPassOptions
  extends Pick<SessionOptions, "workspace" | "signal" | "onRequest" | "onWaiting">, AccessPassFor {
  readonly tenant: Tenant;
}

/** @throws ExpectedError `no-credential`, `access-pass-not-allowed` */
export async function giveAccessPass({
  userPrincipalName,
  lifetimeInMinutes,
  ...options
}: AccessPassOptions): Promise<string> {
  const service = await openService({ ...options, mayWrite: () => undefined });
  try {
    return await createAccessPass(service.connection.service, {
      userPrincipalName,
      lifetimeInMinutes,
    });
  } finally {
    await service.close();
  }
}
