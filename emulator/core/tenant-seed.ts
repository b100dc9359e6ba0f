/** What a tenant starts with. */
import type { FederatedCredential } from "./tenants.ts";

export interface TenantSeed {
  tenantId: string;
  displayName: string;
  /** For example `contoso.onmicrosoft.com`. */
  initialDomain: string;
  /** Verified domains beside the initial one. */
  domains: readonly string[];
  subscribedSkus: readonly { skuPartNumber: string; enabledUnits: number }[];
  applications: readonly ApplicationSeed[];
  /** Names of security groups without members. */
  securityGroups?: readonly string[];
  /** Whether security defaults are on, as in a tenant without conditional access; off when left out. */
  securityDefaults?: boolean;
}

export interface ApplicationSeed {
  clientId: string;
  displayName?: string;
  clientSecret?: string;
  /** Certificate whose private key may sign client assertions. */
  certificatePem?: string;
  federatedCredentials?: readonly FederatedCredential[];
  /** Application permissions; all that the emulator knows when left out. */
  roles?: readonly string[];
  /** Where people may be sent back to after they signed in. */
  redirectUris?: readonly string[];
}
