/**
 * What clients read before they sign in: endpoints of a tenant, of the cloud, and which hosts belong together.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc (checked 2026-11); instance discovery as MSAL
 * reads it (its source, checked 2026-11)
 */
import { MICROSOFT_LOGIN_HOSTS } from "../core/real-names.ts";
import { findTenant } from "../core/tenants.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { signInFailure } from "./errors.ts";
import type { SigningKey } from "./jwt.ts";

/** Names in the place of a tenant's that stand for many. */
const SHARED = ["common", "organizations", "consumers"];

export function discoveryRoutes(key: SigningKey): Route[] {
  const keys = (): Answer => ({ status: 200, body: { keys: [key.toJsonWebKey()] } });
  return [
    route("/metadata/endpoints", (call) => ({ status: 200, body: cloudMetadata(call.origin) })),
    route("/:tenant/discovery/instance", discoverInstance),
    route("/:tenant/v2.0/.well-known/openid-configuration", (call) =>
      openIdConfiguration(call, { issuer: "/v2.0", version: "/v2.0" }),
    ),
    route("/:tenant/.well-known/openid-configuration", (call) =>
      openIdConfiguration(call, { issuer: "/", version: "" }),
    ),
    route("/:tenant/discovery/v2.0/keys", keys),
    route("/:tenant/discovery/keys", keys),
  ];
}

function route(path: string, handle: Route["handle"]): Route {
  return { method: "GET", path, handle };
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

function openIdConfiguration(call: Call, form: { issuer: string; version: string }): Answer {
  const name = call.params.tenant ?? "";
  const isShared = SHARED.includes(name.toLowerCase());
  const tenant = isShared ? name.toLowerCase() : tenantIdOf(call, name);
  const authority = `${call.origin}/${tenant}`;
  const oauth = `${authority}/oauth2${form.version}`;
  return {
    status: 200,
    body: {
      issuer: `${call.origin}/${isShared ? "{tenantid}" : tenant}${form.issuer}`,
      authorization_endpoint: `${oauth}/authorize`,
      token_endpoint: `${oauth}/token`,
      device_authorization_endpoint: `${oauth}/devicecode`,
      end_session_endpoint: `${oauth}/logout`,
      jwks_uri: `${authority}/discovery${form.version}/keys`,
      token_endpoint_auth_methods_supported: [
        "client_secret_post",
        "private_key_jwt",
        "client_secret_basic",
      ],
      response_modes_supported: ["query", "fragment", "form_post"],
      response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      tenant_region_scope: isShared ? null : "EU",
      cloud_instance_name: "microsoftonline.com",
      msgraph_host: new URL(call.origin).host,
    },
  };
}

/** Hosts that are aliases of each other, asked for one of them. */
function discoverInstance(call: Call): Answer {
  const asked = call.query.get("authorization_endpoint") ?? "";
  const url = URL.canParse(asked) ? new URL(asked) : undefined;
  const { host } = new URL(call.origin);
  const isKnown =
    url !== undefined && (url.host === host || MICROSOFT_LOGIN_HOSTS.includes(url.host));
  if (!isKnown) {
    throw signInFailure(
      50049,
      "Unknown or invalid instance. The authorization_endpoint of the request is not known.",
    );
  }
  const [, tenant = "common"] = url.pathname.split("/");
  const isOurs = url.host === host && !MICROSOFT_LOGIN_HOSTS.includes(host);
  const [preferred = host] = isOurs ? [host] : MICROSOFT_LOGIN_HOSTS;
  return {
    status: 200,
    body: {
      tenant_discovery_endpoint: `${url.origin}/${tenant}/v2.0/.well-known/openid-configuration`,
      "api-version": call.query.get("api-version") ?? "1.1",
      metadata: [
        {
          preferred_network: preferred,
          preferred_cache: preferred,
          aliases: isOurs ? [host] : MICROSOFT_LOGIN_HOSTS,
        },
      ],
    },
  };
}

export function tenantIdOf(scope: Scope, nameOrId: string): string {
  const tenant = findTenant(scope, nameOrId);
  if (tenant === undefined) {
    throw signInFailure(
      90002,
      `Tenant '${nameOrId}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    );
  }
  return tenant.id;
}
