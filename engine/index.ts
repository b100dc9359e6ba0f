/** The one wrapper around Pulumi. */
// First: it decides what of Pulumi is loaded.
import "./sdk/lazy-modules.ts";
import "./sdk/late-rejections.ts";
import "./sdk/plain-structs.ts";

export { emulatorDirectory } from "./connect.ts";
export { examineTenant } from "./examine-tenant.ts";
export type { ExamineOptions } from "./examine-tenant.ts";
export { openStateSecrets } from "./open-secrets.ts";
export { giveAccessPass } from "./access-pass.ts";
export type { AccessPassOptions } from "./access-pass.ts";
export { readDns } from "./read-dns.ts";
export type { ReadDnsOptions } from "./read-dns.ts";
export type { Beside } from "./read-beside.ts";
export type { Kept } from "./read-kept.ts";
export { readMigrationFacts } from "./read-migration-facts.ts";
export type { MigrationFactsOptions } from "./read-migration-facts.ts";
export { readTenant } from "./read-tenant.ts";
export type { ReadTenant, ReadTenantOptions } from "./read-tenant.ts";
export { relateCustomer } from "./relate-customer.ts";
export type { RelatedCustomer, RelateOptions } from "./relate-customer.ts";
export { Session } from "./session.ts";
export type { ApplyFailure, SessionOptions } from "./session-options.ts";
export { temporaryFolder } from "./temporary-folder.ts";
export type {
  Directory,
  DirectoryObject,
  Examined,
  FoundCauses,
  GroupAccess,
  MigrationFacts,
  Risks,
  SoughtChange,
} from "../provider/index.ts";

/** The emulator is as large as the product: it is loaded by who asks for it. */
export const loadSandbox = () => import("./sandbox.ts");
