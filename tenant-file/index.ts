/** The tenant file: format, rules, reading, and the errors with their positions. */
export { tenantJsonSchema } from "./json-schema.ts";
export { formatProblem, type Problem } from "./diagnostic.ts";
export { checkTenant, FILE_NAME, loadTenant, unknownTenant } from "./load.ts";
export { releaseEntries, removeEntries } from "./removals.ts";
export type { Backup, Tenant } from "./tenant-schema.ts";
