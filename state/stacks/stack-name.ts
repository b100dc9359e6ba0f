/** Names of stacks in the embedded state: `<organisation>/<project>/<tenant>`. */

/** The organisation that all stacks belong to. */
export const ORGANIZATION = "tenantry";

/** The engine's project of all tenants. */
export const PROJECT = "tenantry";

export const stackOfTenant = (tenant: string): string => `${ORGANIZATION}/${PROJECT}/${tenant}`;
