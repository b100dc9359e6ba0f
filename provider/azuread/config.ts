/** Configuration of the official azuread provider: accepted whole, so that a program can be run with either plugin. */
import { z } from "zod";

const text = z.string().optional();
/** The SDK sends configuration other than text as JSON text. */
const flag = z.union([z.boolean(), z.enum(["true", "false"])]).optional();

export const azureadConfig = z.strictObject({
  adoPipelineServiceConnectionId: text,
  clientCertificate: text,
  clientCertificatePassword: text,
  clientCertificatePath: text,
  clientId: text,
  clientIdFilePath: text,
  clientSecret: text,
  clientSecretFilePath: text,
  disableTerraformPartnerId: flag,
  environment: text,
  metadataHost: text,
  msiEndpoint: text,
  oidcRequestToken: text,
  oidcRequestUrl: text,
  oidcToken: text,
  oidcTokenFilePath: text,
  partnerId: text,
  tenantId: text,
  useAksWorkloadIdentity: flag,
  useCli: flag,
  useMsi: flag,
  useOidc: flag,
});
