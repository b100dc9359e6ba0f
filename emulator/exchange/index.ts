/**
 * Exchange Online as its PowerShell module reaches it: cmdlets by POST. The interface is not documented by Microsoft;
 * its shape was read from public clients and recorded answers (checked 2026-11).
 */
import type { Workload } from "../core/workload.ts";
import { batchRoute } from "./batch.ts";
import { renderExchangeFailure } from "./errors.ts";
import { EXCHANGE_ROLE, invokeRoute, objectRoutes } from "./invoke.ts";
import {
  CONVERT_JOB,
  convertMailbox,
  CREATE_JOB,
  createMailbox,
  licensesChanged,
  userDeleted,
  userPurged,
  userRestored,
} from "./provisioning.ts";

export const exchange: Workload = {
  name: "exchange",
  prefixes: ["/exchange"],
  signIn: "entra",
  resourceId: "00000002-0000-0ff1-ce00-000000000000",
  acceptsAudience: (audience) => /^https:\/\/outlook\.office(?:365)?\.com$/.test(audience),
  roles: [EXCHANGE_ROLE],
  routes: [invokeRoute, batchRoute, ...objectRoutes],
  renderFailure: renderExchangeFailure,
  jobs: { [CREATE_JOB]: createMailbox, [CONVERT_JOB]: convertMailbox },
  listeners: {
    "user.licenses-changed": licensesChanged,
    "user.deleted": userDeleted,
    "user.restored": userRestored,
    "user.purged": userPurged,
  },
};
