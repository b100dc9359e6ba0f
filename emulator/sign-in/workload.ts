/**
 * Sign-in: the token endpoint, in its two versions.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import {
  applicationCredentials,
  hashSecret,
  type ApplicationCredentials,
} from "../core/tenants.ts";
import type { Answer, Call, Route, Workload } from "../core/workload.ts";
import { isMeantFor } from "../core/audience.ts";
import { servicePrincipals } from "../entities/collections.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { checkAssertion } from "./assertions.ts";
import { discoveryRoutes, tenantIdOf } from "./discovery.ts";
import { renderSignInFailure, signInFailure } from "./errors.ts";
import type { SigningKey } from "./jwt.ts";
import { peopleRoutes, redeemCode } from "./people.ts";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export interface SignInOptions {
  key: SigningKey;
  tokens: AccessTokens;
  /** The services that tokens are issued for. */
  services: readonly Workload[];
  /** Origins for which assertions may be signed, beside the one that the request came to. */
  authorities: readonly string[];
}

export function createSignIn(options: SignInOptions): Workload {
  return {
    name: "sign-in",
    prefixes: [""],
    signIn: "own",
    renderFailure: renderSignInFailure,
    isOpenToBrowsers: true,
    routes: [
      ...discoveryRoutes(options.key),
      ...TOKEN_PATHS.flatMap((path): Route[] => [
        { method: "POST", path, handle: (call) => issueToken(call, options) },
        { method: "*", path, handle: refuseMethod },
      ]),
      ...peopleRoutes,
      ...NOT_SERVED.map((path): Route => ({
        method: "*",
        path,
        handle: (call) => {
          throw notServed(`${call.method} ${call.path}`);
        },
      })),
    ],
  };
}

/** Version 1 has its resource in a parameter of that name. */
const VERSION_1 = "/:tenant/oauth2/token";
const TOKEN_PATHS = ["/:tenant/oauth2/v2.0/token", VERSION_1];

const NOT_SERVED = [
  "/:tenant/oauth2/v2.0/:endpoint{devicecode|logout|adminconsent}",
  "/:tenant/oauth2/:endpoint{authorize|devicecode|logout}",
  "/:tenant/adminconsent",
  "/:tenant/userrealm/*",
  "/:tenant/saml2",
  "/:tenant/wsfed",
  "/:tenant/federationmetadata/2007-06/federationmetadata.xml",
];
const OTHER_GRANTS = [
  "refresh_token",
  "password",
  "device_code",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:saml2-bearer",
];

function notServed(operation: string): ServiceFailure {
  return new ServiceFailure(501, "NotImplemented", {
    message: `The emulator does not implement ${operation}.`,
  });
}

function refuseMethod(call: Call): never {
  throw signInFailure(
    900561,
    `The endpoint only accepts POST requests. Received a ${call.method} request.`,
  );
}

function issueToken(call: Call, options: SignInOptions): Answer {
  const { tokens, services } = options;
  const isVersion1 = !call.path.endsWith("/oauth2/v2.0/token");
  const form = { ...basicCredentials(call), ...((call.body ?? {}) as Record<string, string>) };
  const target = isVersion1 ? "resource" : "scope";
  const needed = form.grant_type === "authorization_code" ? [] : [target];
  for (const name of ["grant_type", "client_id", ...needed]) {
    if (form[name] === undefined) {
      throw signInFailure(
        900144,
        `The request body must contain the following parameter: '${name}'.`,
      );
    }
  }
  const { grant_type: grantType = "", client_id: clientId = "" } = form;
  if (OTHER_GRANTS.includes(grantType)) throw notServed(`grant_type=${grantType}`);
  const isPerson = grantType === "authorization_code" && !isVersion1;
  if (grantType !== "client_credentials" && !isPerson) {
    throw signInFailure(70003, `The app requested an unsupported grant type '${grantType}'.`);
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
  const credential = checkCredential(call, {
    form,
    credentials,
    tenantId,
    authorities: [call.origin, ...options.authorities],
  });
  if (isPerson) {
    const idToken = redeemCode(call, { tenantId, key: options.key, fields: form });
    return { status: 200, headers: NOT_KEPT, body: tokensOf(call, idToken) };
  }
  const audience = isVersion1 ? resourceOf(form.resource ?? "") : audienceOf(form.scope ?? "");
  const service = services.find((candidate) =>
    isMeantFor(candidate, audience, { path: undefined, origin: call.origin }),
  );
  if (service === undefined) {
    throw signInFailure(
      500011,
      `The resource principal named ${audience} was not found in the tenant named ${tenantId}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
    );
  }
  const known = service.roles ?? [];
  const lifetimeSeconds = call.behaviour.tokenLifetimeSeconds;
  const nowSeconds = Math.floor(call.nowMs / 1000);
  return {
    status: 200,
    headers: NOT_KEPT,
    body: {
      token_type: "Bearer",
      ...(isVersion1
        ? {
            expires_in: String(lifetimeSeconds),
            ext_expires_in: String(lifetimeSeconds),
            expires_on: String(nowSeconds + lifetimeSeconds),
            not_before: String(nowSeconds),
            resource: form.resource,
          }
        : { expires_in: lifetimeSeconds, ext_expires_in: lifetimeSeconds }),
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

const NOT_KEPT = { "cache-control": "no-store, no-cache", pragma: "no-cache" };

/** A person's access token is good for nothing here. */
const tokensOf = (call: Call, idToken: string) => ({
  ...{ token_type: "Bearer", scope: "openid profile", expires_in: 3600, ext_expires_in: 3600 },
  ...{ access_token: call.newId(), id_token: idToken },
});

/** The one resource among the scopes; libraries add scopes for people, which an application has no use for. */
function audienceOf(scope: string): string {
  const resources = scope.split(/\s+/).flatMap((part) => {
    const [, resource] = /^(\S+?)\/+\.default$/i.exec(part) ?? [];
    return resource ?? [];
  });
  const [audience, ...others] = new Set(resources.map(resourceOf));
  const isResource =
    audience !== undefined && /^(?:https:\/\/|api:\/\/|[0-9a-f]{8}-)/.test(audience);
  if (!isResource || others.length > 0) {
    throw signInFailure(
      70011,
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    );
  }
  return audience;
}

/** An address without the slash at its end, or the id of the service. */
function resourceOf(text: string): string {
  return text.trim().replace(/\/+$/, "").toLowerCase();
}

/** Client id and secret of an `Authorization: Basic` header, each percent-encoded. */
function basicCredentials(call: Call): Record<string, string> {
  const [, encoded = ""] = /^Basic (.+)$/i.exec(call.headers.get("authorization") ?? "") ?? [];
  const [id, secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  if (id === undefined || secret === undefined) return {};
  const fields = new URLSearchParams(`client_id=${id}&client_secret=${secret}`);
  return Object.fromEntries(fields);
}

function checkCredential(
  call: Call,
  context: {
    form: Record<string, string>;
    credentials: ApplicationCredentials;
    tenantId: string;
    authorities: readonly string[];
  },
): "secret" | "certificate" {
  const { form, credentials, tenantId } = context;
  const { client_secret: secret, client_assertion: assertion } = form;
  if (assertion !== undefined && form.client_assertion_type === ASSERTION_TYPE) {
    const authorities = context.authorities.flatMap((origin) =>
      [tenantId, call.params.tenant ?? ""].map((name) => `${origin}/${name}`),
    );
    checkAssertion({
      credentials,
      assertion,
      nowMs: call.nowMs,
      tokenEndpoints: authorities.flatMap((authority) => [
        `${authority}/oauth2/v2.0/token`,
        `${authority}/oauth2/token`,
        `${authority}/v2.0`,
        `${authority}/`,
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
