/** `tenantry serve`: state, records, plans and locks for workspaces on other machines. */
export { hashOf, newToken } from "./tokens.ts";
export { serve } from "./serve.ts";
export { readServerSettings } from "./settings.ts";
export type { ServerSettings } from "./settings.ts";
