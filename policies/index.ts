/** The policy pack: what must hold for every tenant, one rule a file. */
export { policyPack } from "./pack.ts";
export { POLICY_PACK_NAME } from "./registry.ts";
export { servePolicies } from "./server.ts";
export type { PolicyServer } from "./server.ts";
