/** The migration of a customer as typed data with gates. Pure but for reading its file. */
export { loadMigration } from "./load.ts";
export { migrationJsonSchema } from "./migration-schema.ts";
