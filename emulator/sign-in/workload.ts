/**
 * Sign-in of applications: discovery documents, keys and the token endpoint.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow (checked 2026-11)
 */
import {
  applicationCredentials,
  findTenant,
  hashSecret,
  type ApplicationCredentials,
} from "../core/tenants.ts";
import type { Answer, Call, Scope, Workload } from "../core/workload.ts";
import { servicePrincipals } from "../entities/collections.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { checkAssertion } from "./assertions.ts";
import { renderSignInFailure, signInFailure } from "./errors.ts";
import type { SigningKey } from "./jwt.ts";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export interface SignInOptions {
  key: SigningKey;
  tokens: AccessTokens;
  /** The services that tokens are issued for. */
  services: readonly Workload[];
}

export function createSignIn(options: SignInOptions): Workload {
  return {
    name: "sign-in",
    prefixes: [""],
    signIn: "own",
    renderFailure: renderSignInFailure,
    routes: [
      {
        method: "GET",
        path: "/metadata/endpoints",
        handle: (call) => ({ status: 200, body: cloudMetadata(call.origin) }),
      },
      {
        method: "GET",
        path: "/:tenant/v2.0/.well-known/openid-configuration",
        handle: openIdConfiguration,
      },
      {
        method: "GET",
        path: "/:tenant/discovery/v2.0/keys",
        handle: () => ({ status: 200, body: { keys: [options.key.toJsonWebKey()] } }),
      },
      {
        method: "POST",
        path: "/:tenant/oauth2/v2.0/token",
        handle: (call) => issueToken(call, options),
      },
    ],
  };
}

/** What Azure SDKs and Terraform read to find a cloud's hosts. */
function cloudMetadata(origin: string): Record<string, unknown> {
  return {
    name: "TenantryEmulator",
    portal: origin,
    resourceManager: origin,
    microsoftGraphResourceId: origin,
    activeDirectoryDataLake: origin,
    graph: origin,
    graphAudience: origin,
    authentication: {
      loginEndpoint: origin,
      audiences: [origin],
      tenant: "common",
      identityProvider: "AAD",
    },
    suffixes: {
      storage: "localhost",
      keyVaultDns: "localhost",
      sqlServerHostname: "localhost",
      acrLoginServer: "localhost",
      azureDataLakeStoreFileSystem: "localhost",
      azureFrontDoorEndpointSuffix: "localhost",
      mhsmDns: "localhost",
    },
  };
}

function openIdConfiguration(call: Call): Answer {
  const tenantId = tenantIdOf(call, call.params.tenant ?? "");
  const authority = `${call.origin}/${tenantId}`;
  return {
    status: 200,
    body: {
      issuer: `${authority}/v2.0`,
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      jwks_uri: `${authority}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
      response_types_supported: ["token"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      tenant_region_scope: "EU",
    },
  };
}

function tenantIdOf(scope: Scope, nameOrId: string): string {
  const tenant = findTenant(scope, nameOrId);
  if (tenant === undefined) {
    throw signInFailure(
      90002,
      `Tenant '${nameOrId}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    );
  }
  return tenant.id;
}

function issueToken(call: Call, { tokens, services }: SignInOptions): Answer {
  const form = (call.body ?? {}) as Record<string, string>;
  for (const name of ["grant_type", "client_id", "scope"]) {
    if (form[name] === undefined) {
      throw signInFailure(
        900144,
        `The request body must contain the following parameter: '${name}'.`,
      );
    }
  }
  const { grant_type: grantType, client_id: clientId = "", scope: requested = "" } = form;
  if (grantType !== "client_credentials") {
    throw signInFailure(
      70003,
      `The app requested an unsupported grant type '${String(grantType)}'.`,
    );
  }
  const tenantId = tenantIdOf(call, call.params.tenant ?? "");
  const tenant = call.tenant(tenantId);
  const principal = tenant.store.find(servicePrincipals, "appId", clientId)[0]?.object;
  const credentials = tenant.store.get(applicationCredentials, clientId.toLowerCase());
  if (principal === undefined || credentials === undefined) {
    throw signInFailure(
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenantId}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    );
  }
  const credential = checkCredential(call, { form, credentials, tenantId });
  const audience = audienceOf(requested);
  const service = services.find((candidate) =>
    candidate.acceptsAudience?.(audience, { path: undefined, origin: call.origin }),
  );
  if (service === undefined) {
    throw signInFailure(
      500011,
      `The resource principal named ${audience} was not found in the tenant named ${tenantId}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
    );
  }
  const known = service.roles ?? [];
  const lifetimeSeconds = call.behaviour.tokenLifetimeSeconds;
  return {
    status: 200,
    headers: { "cache-control": "no-store, no-cache" },
    body: {
      token_type: "Bearer",
      expires_in: lifetimeSeconds,
      ext_expires_in: lifetimeSeconds,
      access_token: tokens.issue({
        origin: call.origin,
        nowMs: call.nowMs,
        lifetimeSeconds,
        tenantId,
        appId: clientId,
        objectId: principal.id,
        displayName: String(principal.displayName),
        audience,
        roles:
          credentials.roles === undefined
            ? known
            : known.filter((role) => credentials.roles?.includes(role) === true),
        credential,
        tokenId: call.newId(),
      }),
    },
  };
}

function audienceOf(scope: string): string {
  const [, audience] = /^(https:\/\/\S+?)\/+\.default$/.exec(scope.trim()) ?? [];
  if (audience === undefined) {
    throw signInFailure(
      70011,
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    );
  }
  return audience;
}

function checkCredential(
  call: Call,
  context: { form: Record<string, string>; credentials: ApplicationCredentials; tenantId: string },
): "secret" | "certificate" {
  const { form, credentials, tenantId } = context;
  const { client_secret: secret, client_assertion: assertion } = form;
  if (assertion !== undefined && form.client_assertion_type === ASSERTION_TYPE) {
    const authorities = [tenantId, call.params.tenant ?? ""].map(
      (name) => `${call.origin}/${name}`,
    );
    checkAssertion({
      credentials,
      assertion,
      nowMs: call.nowMs,
      tokenEndpoints: authorities.flatMap((authority) => [
        `${authority}/oauth2/v2.0/token`,
        `${authority}/v2.0`,
      ]),
    });
    return "certificate";
  }
  if (secret === undefined) {
    throw signInFailure(
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  if (!credentials.secretHashes.includes(hashSecret(secret))) {
    throw signInFailure(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${credentials.id}'.`,
    );
  }
  return "secret";
}
