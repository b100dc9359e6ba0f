/**
 * The backup server's own sign-in: password and refresh_token, access tokens of 60 minutes.
 * Source: Veeam Backup for Microsoft 365 REST reference, "Authorization" (checked 2026-11).
 */
import { toTimestamp } from "../core/clock.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Call } from "../core/workload.ts";
import { denied, invalid, notServed } from "./errors.ts";

const TOKEN_LIFETIME_SECONDS = 3600;
/** How long a refresh token is good is not documented (unverified). */
const REFRESH_LIFETIME_SECONDS = 14 * 24 * 3600;
const ANTIFORGERY_COOKIE = "antiforgery";

/** Someone who may sign in to the backup server. */
export interface BackupOperator {
  userName: string;
  password: string;
}

/** The same on every emulator, and worth nothing anywhere else. */
export const backupOperator: BackupOperator = {
  userName: "backup-operator",
  password: "only-on-loopback",
};

interface Session extends StoredObject {
  kind: "access" | "refresh";
  userName: string;
  /** Milliseconds since 1970-01-01 UTC. */
  expiresMs: number;
  /** Value of the cookie that must come with the token; absent when the client asked to do without. */
  antiforgery?: string;
}

const sessions = defineCollection<Session>("veeam.session");

/** A form field is always text. */
const FORM_WORDS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** The body of a token request in the types of the description, whether it came as JSON or as a form. */
export function tokenRequestOf(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  const given: unknown = Reflect.get(body, "disable_antiforgery_token");
  if (typeof given !== "string") return body;
  return { ...body, disable_antiforgery_token: FORM_WORDS[given.toLowerCase()] ?? given };
}

interface TokenRequest {
  grant_type: string;
  username?: string;
  password?: string;
  refresh_token?: string;
  disable_antiforgery_token?: boolean | null;
}

/** Signs in and answers with a pair of tokens. */
export function issueTokens(call: Call): Record<string, unknown> & { access_token: string } {
  const request = call.body as TokenRequest;
  const userName = signIn(call, request);
  const expiresMs = call.nowMs + TOKEN_LIFETIME_SECONDS * 1000;
  const antiforgery =
    request.disable_antiforgery_token === true ? {} : { antiforgery: call.newId() };
  const open = (kind: Session["kind"], until: number): string =>
    call.store.insert(
      sessions,
      { id: call.newId(), kind, userName, expiresMs: until, ...antiforgery },
      call.nowMs,
    ).id;
  return {
    access_token: open("access", expiresMs),
    refresh_token: open("refresh", call.nowMs + REFRESH_LIFETIME_SECONDS * 1000),
    token_type: "bearer",
    expires_in: TOKEN_LIFETIME_SECONDS,
    userName,
    ".issued": toTimestamp(call.nowMs),
    ".expires": toTimestamp(expiresMs),
  };
}

/** The cookie that belongs to tokens just issued, or undefined when the client does without. */
export function antiforgeryCookie(call: Call, accessToken: string): string | undefined {
  const value = call.store.get(sessions, accessToken)?.antiforgery;
  return value === undefined
    ? undefined
    : `${ANTIFORGERY_COOKIE}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict`;
}

function signIn(call: Call, request: TokenRequest): string {
  if (request.grant_type === "password") return byPassword(request);
  if (request.grant_type === "refresh_token") return byRefreshToken(call, request);
  throw notServed(`POST /v8/token with grant_type ${request.grant_type}`);
}

function byPassword({ username, password }: TokenRequest): string {
  if (username === undefined || password === undefined) {
    throw invalid("username and password are required for grant_type password");
  }
  if (username !== backupOperator.userName || password !== backupOperator.password) {
    throw denied("The user name or password is incorrect.");
  }
  return username;
}

/** A refresh token is good once: the new pair replaces it. */
function byRefreshToken(call: Call, request: TokenRequest): string {
  const session = call.store.get(sessions, request.refresh_token ?? "");
  if (session?.kind !== "refresh" || session.expiresMs <= call.nowMs) {
    throw denied("The refresh token is invalid or has expired.");
  }
  requireCookie(call, session);
  call.store.remove(sessions, session.id);
  return session.userName;
}

/** @throws ServiceFailure 401 without a good access token and, where it has one, its antiforgery cookie */
export function requireSession(call: Call): void {
  const [, token = ""] = /^bearer (.+)$/i.exec(call.headers.get("authorization") ?? "") ?? [];
  const session = call.store.get(sessions, token);
  if (session?.kind !== "access" || session.expiresMs <= call.nowMs) {
    throw denied("Authorization has been denied for this request.");
  }
  requireCookie(call, session);
}

function requireCookie(call: Call, session: Session): void {
  if (session.antiforgery === undefined) return;
  const cookies = (call.headers.get("cookie") ?? "").split(/;\s*/);
  if (!cookies.includes(`${ANTIFORGERY_COOKIE}=${session.antiforgery}`)) {
    throw denied(
      "The antiforgery token is missing; ask for tokens with disable_antiforgery_token.",
    );
  }
}
