/** The migration of a customer as typed data with gates. Pure but for reading its file. */
export { productsChanged } from "./documents.ts";
export { closedBefore, gatesOf, signable } from "./gates.ts";
export type { Gate } from "./gates.ts";
export { loadMigration } from "./load.ts";
export { migrationJsonSchema } from "./migration-schema.ts";
export type { Migration } from "./migration-schema.ts";
export { isPastReturn, isSaying, nextBack, openBefore, progressOf } from "./progress.ts";
export type { Progress, Saying, Word } from "./progress.ts";
export type { Step } from "./step.ts";
