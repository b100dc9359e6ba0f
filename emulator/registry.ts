/** Every part of the emulated service, one line each. */
import type { Workload } from "./core/workload.ts";
import { azure } from "./dns/azure.ts";
import { cloudflare } from "./dns/cloudflare.ts";
import { directoryPart } from "./entities/directory-part.ts";
import { calendarPart } from "./exchange/calendar-permissions.ts";
import { inboxPart } from "./exchange/inbox-rules.ts";
import { mailboxSettingsPart } from "./exchange/mailbox-settings.ts";
import { exchange } from "./exchange/index.ts";
import type { GraphPart } from "./graph/workload.ts";
import { partnerCenter } from "./partner-center/index.ts";
import { sitesPart } from "./sharepoint/graph-part.ts";
import { sharePoint } from "./sharepoint/index.ts";
import { veeam } from "./veeam/index.ts";

/** What answers under /v1.0 and /beta. */
export const graphParts: readonly GraphPart[] = [
  directoryPart,
  sitesPart,
  inboxPart,
  mailboxSettingsPart,
  calendarPart,
];

/** Services beside Graph and sign-in. */
export const workloads: readonly Workload[] = [
  ...[sharePoint, exchange, partnerCenter, veeam],
  ...[azure, cloudflare],
];
