/** The migration of a customer as typed data with gates. Pure but for reading its file. */
export { closedBefore } from "./gates.ts";
export { loadMigration } from "./load.ts";
export { migrationJsonSchema } from "./migration-schema.ts";
export { overviewOf } from "./overview.ts";
export type { MigrationOverview, StepState } from "./overview.ts";
export { pagesOf } from "./pages.ts";
export type { MigrationPage } from "./pages.ts";
export { isPastReturn, isSaying, nextBack, openBefore, progressOf } from "./progress.ts";
export type { Progress, Saying, Word } from "./progress.ts";
export { signable } from "./signable.ts";
export type { Step } from "./step.ts";
