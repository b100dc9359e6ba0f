/**
 * Sign-in of people by the authorization code flow with PKCE: a page that lists who is there, instead of Microsoft's
 * passwords and second steps, and the exchange of the code for an ID token.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow and .../id-token-claims-reference (checked
 * 2026-11-28)
 */
import { createHash } from "node:crypto";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { defineCollection } from "../core/store.ts";
import type { Collection, StoredObject } from "../core/store.ts";
import { applicationCredentials } from "../core/tenants.ts";
import type { ApplicationCredentials } from "../core/tenants.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { groups, users } from "../entities/collections.ts";
import { memberIds } from "../entities/group-links.ts";
import { tenantIdOf } from "./discovery.ts";
import { signInFailure } from "./errors.ts";
import type { SigningKey } from "./jwt.ts";

interface IssuedCode {
  /** SHA-256 of the code. */
  id: string;
  clientId: string;
  userId: string;
  redirectUri: string;
  challenge: string | undefined;
  nonce: string | undefined;
  expiresMs: number;
  redeemed: boolean;
}
const codes = defineCollection<IssuedCode>("emulator.code");
const CODE_MS = 10 * 60_000;
/** More groups than that are left out of a token, which says where to ask for them. */
const MOST_GROUPS = 200;

type Fields = Readonly<Record<string, string | undefined>>;
const AUTHORIZE = "/:tenant/oauth2/v2.0/authorize";

export const peopleRoutes: readonly Route[] = [
  { method: "GET", path: AUTHORIZE, handle: showPeople },
  { method: "POST", path: AUTHORIZE, handle: issueCode },
];

interface Asked {
  readonly scope: Scope;
  readonly fields: Fields;
  readonly application: ApplicationCredentials;
}

function askedIn(call: Call, fields: Fields): Asked {
  for (const name of ["client_id", "response_type", "redirect_uri", "scope"]) {
    if (fields[name] === undefined) {
      throw signInFailure(
        900144,
        `The request body must contain the following parameter: '${name}'.`,
      );
    }
  }
  const tenantId = tenantIdOf(call, call.params.tenant ?? "");
  const scope = call.tenant(tenantId);
  const { client_id: clientId = "", redirect_uri: redirectUri = "" } = fields;
  const application = scope.store.get(applicationCredentials, clientId.toLowerCase());
  if (application === undefined) {
    throw signInFailure(
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenantId}'.`,
    );
  }
  if (application.redirectUris?.includes(redirectUri) !== true) {
    throw signInFailure(
      50011,
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'.`,
    );
  }
  if (fields.response_type !== "code" || (fields.response_mode ?? "query") !== "query") {
    throw signInFailure(700054, "response_type or response_mode is not served by the emulator.");
  }
  return { scope, fields, application };
}

function showPeople(call: Call): Answer {
  const fields = Object.fromEntries(call.query);
  const { scope } = askedIn(call, fields);
  const people = objects(scope, users).filter(({ accountEnabled }) => accountEnabled === true);
  const hidden = Object.entries(fields);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Emulated sign-in</title>
      </head>
      <body>
        <h1>Emulated sign-in</h1>
        <p>Nobody has a password here. Choose who signs in.</p>
        <form method="post">
          ${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
          ${people.map(
            ({ id, displayName, userPrincipalName }) =>
              html`<p>
                <button name="user" value="${id}">
                  ${String(displayName)} (${String(userPrincipalName)})
                </button>
              </p>`,
          )}
        </form>
      </body>
    </html>` as HtmlEscapedString;
  return {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    text: page.toString(),
  };
}

function issueCode(call: Call): Answer {
  const fields = (call.body ?? {}) as Fields;
  const { scope, application } = askedIn(call, fields);
  const user = scope.store.get(users, fields.user ?? "");
  if (user?.accountEnabled !== true) throw signInFailure(50057, "The user account is disabled.");
  if (fields.code_challenge !== undefined && fields.code_challenge_method !== "S256") {
    throw signInFailure(501491, "code_challenge_method must be S256.");
  }
  const code = `${call.newId()}${call.newId()}`;
  scope.store.insert(
    codes,
    {
      ...{ id: hashOf(code), clientId: application.id, userId: user.id, redeemed: false },
      ...{ redirectUri: fields.redirect_uri ?? "", nonce: fields.nonce },
      ...{ challenge: fields.code_challenge, expiresMs: call.nowMs + CODE_MS },
    },
    call.nowMs,
  );
  const target = new URL(fields.redirect_uri ?? "");
  target.searchParams.set("code", code);
  if (fields.state !== undefined) target.searchParams.set("state", fields.state);
  return { status: 302, headers: { location: target.href } };
}

/** The ID token for a code of this application, place and verifier that is fresh and used for the first time. */
export function redeemCode(
  call: Call,
  { tenantId, key, fields }: { tenantId: string; key: SigningKey; fields: Fields },
): string {
  const { store } = call.tenant(tenantId);
  const code = store.get(codes, hashOf(fields.code ?? ""));
  if (code?.clientId !== fields.client_id?.toLowerCase() || code === undefined) {
    throw signInFailure(9002313, "Invalid request. Request is malformed or invalid.");
  }
  if (code.redeemed) throw signInFailure(54005, "OAuth2 Authorization code was already redeemed.");
  if (code.expiresMs <= call.nowMs) {
    throw signInFailure(70008, "The provided authorization code or refresh token has expired.");
  }
  if (code.redirectUri !== fields.redirect_uri) {
    throw signInFailure(
      500112,
      "The reply address does not match the one the code was asked with.",
    );
  }
  const verifier = createHash("sha256")
    .update(fields.code_verifier ?? "")
    .digest("base64url");
  if (code.challenge !== undefined && code.challenge !== verifier) {
    throw signInFailure(501481, "The Code_Verifier does not match the code_challenge supplied.");
  }
  store.replace(codes, { ...code, redeemed: true });
  const user = store.get(users, code.userId);
  if (user === undefined) throw signInFailure(50057, "The user account is disabled.");
  const nowSeconds = Math.floor(call.nowMs / 1000);
  return key.sign({
    aud: code.clientId,
    iss: `${call.origin}/${tenantId}/v2.0`,
    iat: nowSeconds,
    nbf: nowSeconds,
    exp: nowSeconds + 3600,
    name: user.displayName,
    ...(code.nonce === undefined ? {} : { nonce: code.nonce }),
    oid: user.id,
    preferred_username: user.userPrincipalName,
    sub: createHash("sha256").update(`${code.clientId}${user.id}`).digest("base64url"),
    tid: tenantId,
    ver: "2.0",
    ...groupClaims(call.tenant(tenantId), user.id),
  });
}

/** Every security group, nested ones included, as an application with `groupMembershipClaims: SecurityGroup` gets them. */
function groupClaims(scope: Scope, userId: string): Record<string, unknown> {
  const all = objects(scope, groups);
  const found = new Set<string>();
  let holders = [userId];
  while (holders.length > 0) {
    const next = all.filter(
      ({ id }) => !found.has(id) && memberIds(scope, id).some((member) => holders.includes(member)),
    );
    for (const { id } of next) found.add(id);
    holders = next.map(({ id }) => id);
  }
  const security = all.filter(
    ({ id, securityEnabled }) => found.has(id) && securityEnabled === true,
  );
  if (security.length > MOST_GROUPS) {
    return { _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: "" } } };
  }
  return security.length === 0 ? {} : { groups: security.map(({ id }) => id) };
}

const objects = <T extends StoredObject>(scope: Scope, collection: Collection<T>): T[] =>
  scope.store.list(collection).map(({ object }) => object);

const hashOf = (code: string): string => createHash("sha256").update(code).digest("hex");
