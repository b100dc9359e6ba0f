/** Access tokens by scope, from @azure/identity. */
import { Agent } from "node:https";
import type { ClientSecretCredentialOptions, TokenCredential } from "@azure/identity";
import type { Clock } from "./clock.ts";
import { GraphRequestError } from "./errors.ts";
import type { FailureCode } from "./errors.ts";
import { backoffMs } from "./retry.ts";
import { hintFor } from "./service-errors.ts";
import { signInRefusal } from "./sign-in-refusals.ts";
import { MOST_TRIES, type Silence } from "./silence.ts";
import type { CredentialSource } from "./types.ts";
import { connectionFailure, isLoopback, WireFailure } from "./http.ts";

const MICROSOFT_LOGIN =
  /^https:\/\/login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)$/;

export interface TokensOptions {
  tenantId: string;
  login: string;
  credential: CredentialSource;
  authorities: string[] | undefined;
  clock: Clock;
  random: () => number;
  silence: Silence;
  /** Ends a request that is under way, and the waiting between two. */
  signal: AbortSignal;
}

interface HeldToken {
  token: string;
  /** By our clock, with time to spare for a request. */
  usableUntil: number;
}

const ANSWER_TIMEOUT_MS = 20_000;
const SPARE_SHARE = 0.2;
const MOST_SPARE_MS = 300_000;

export class Tokens {
  readonly #options: TokensOptions;
  #credential: TokenCredential | undefined;
  /** What went wrong on the wire, and what the service said: the library hides both from its own errors. */
  readonly #troubles: Error[] = [];
  readonly #refusals: string[] = [];
  readonly #held = new Map<string, HeldToken>();
  readonly #pending = new Map<string, Promise<string>>();

  constructor(options: TokensOptions) {
    this.#options = options;
  }

  /** A token that is good for some time. Throws `GraphRequestError`, or `WireFailure` where trying again may help. */
  async get(scope: string): Promise<string> {
    const held = this.#held.get(scope);
    if (held && this.#options.clock.now() < held.usableUntil) return held.token;
    const pending = this.#pending.get(scope) ?? this.#fetch(scope);
    this.#pending.set(scope, pending);
    try {
      return await pending;
    } finally {
      this.#pending.delete(scope);
    }
  }

  /**
   * Application permissions that the token for `scope` carries, by name; empty where nobody granted consent. A program
   * should take a token as opaque; this is what Get-MgContext shows too, and the directory itself tells it only to who
   * may read all applications.
   * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference (checked 2026-11-27)
   */
  async rolesOf(scope: string): Promise<readonly string[]> {
    const token = await this.get(scope).catch((error: unknown) => {
      throw error instanceof WireFailure ? noAnswer(error, this.#options.tenantId) : error;
    });
    const [, payload = ""] = token.split(".");
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    const { roles } = claims as { roles?: unknown };
    return Array.isArray(roles) ? roles.map(String) : [];
  }

  /** The service refused `token` although its time is not over: forget it, and what may be cached around it. */
  renew(scope: string, token: string): void {
    if (this.#held.get(scope)?.token !== token) return;
    this.#credential = undefined;
    this.#held.delete(scope);
  }

  /** Everybody waits for a token: its own few tries do not count against those who wait. */
  async #fetch(scope: string): Promise<string> {
    const { clock, random, signal, silence } = this.#options;
    for (let tries = 1; ; tries++) {
      const [sentAt, pauseMs] = [clock.now(), backoffMs(tries, random)];
      const service = "login";
      try {
        const token = await silence.whileSent({ service, tries }, () => this.#fetchOnce(scope));
        silence.end();
        return token;
      } catch (error) {
        if (!(error instanceof WireFailure)) throw error;
        // An answer all the same: those who wait for the token go on for as long as they would for any other.
        const answered = error.cause instanceof LoginTrouble;
        if (answered) silence.end();
        if (tries === MOST_TRIES || error.kind === "refused") throw error;
        const { wasClosed } = error;
        if (!answered && !silence.mayEnd({ service, tries, sentAt, pauseMs, wasClosed })) {
          throw error;
        }
      }
      await clock.sleep(pauseMs, signal);
    }
  }

  async #fetchOnce(scope: string): Promise<string> {
    const { clock, tenantId, signal } = this.#options;
    this.#troubles.length = 0;
    this.#refusals.length = 0;
    try {
      this.#credential ??= await createCredential(this.#options, {
        trouble: (error) => this.#troubles.push(error),
        refusal: (words) => this.#refusals.push(words),
      });
      const given = await this.#credential.getToken(scope);
      if (given === null) throw new Error("The credential gave no token.");
      // The library counts in real time; we hold the token for as long by our own clock.
      const lifeMs = given.expiresOnTimestamp - Date.now();
      const usableMs = lifeMs - Math.min(lifeMs * SPARE_SHARE, MOST_SPARE_MS);
      this.#held.set(scope, { token: given.token, usableUntil: clock.now() + usableMs });
      return given.token;
    } catch (error) {
      // The library keeps a failure for a minute and repeats it: a new credential asks anew.
      this.#credential = undefined;
      signal.throwIfAborted();
      throw (
        transientFailure(this.#troubles.at(-1) ?? error) ??
        refusal(error, { tenantId, said: this.#refusals.at(-1) })
      );
    }
  }
}

async function createCredential(
  { tenantId, login, credential, authorities, signal }: TokensOptions,
  heard: Heard,
): Promise<TokenCredential> {
  const options = {
    authorityHost: login,
    // Only Microsoft's own hosts are known to the discovery service that would be asked.
    disableInstanceDiscovery: !MICROSOFT_LOGIN.test(login),
    // We retry ourselves, with one deadline over sign-in and call.
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: watch(heard, signal), position: "perRetry" as const }],
    ...(authorities === undefined ? {} : { tlsOptions: { ca: authorities.join("\n") } }),
    // An agent of its own keeps the library from the proxy of the environment.
    ...(isLoopback(login) ? { agent: new Agent({ ca: authorities }) } : {}),
  };
  // Loaded when the first token is needed: it takes longer to load than all the rest.
  const identity = await import("@azure/identity");
  switch (credential.kind) {
    case "client-secret":
      return new identity.ClientSecretCredential(
        tenantId,
        credential.clientId,
        credential.clientSecret,
        options,
      );
    case "client-certificate":
      return new identity.ClientCertificateCredential(
        tenantId,
        credential.clientId,
        { certificate: credential.certificatePem },
        options,
      );
    case "workload-identity":
      return new identity.WorkloadIdentityCredential({
        ...options,
        tenantId,
        clientId: credential.clientId,
        tokenFilePath: credential.tokenFilePath,
      });
    case "federated-token":
      return new identity.ClientAssertionCredential(
        tenantId,
        credential.clientId,
        credential.getAssertion,
        options,
      );
    case "developer":
      // It tries ways that this machine may not have: their trouble means nothing.
      return new identity.DefaultAzureCredential({ ...options, additionalPolicies: [], tenantId });
    case "token-credential":
      return credential.credential;
  }
}

/** Told of what the library keeps to itself. */
interface Heard {
  readonly trouble: (error: Error) => unknown;
  /** A refusal with its AADSTS number, in the service's words. */
  readonly refusal: (words: string) => unknown;
}

type Policy = NonNullable<ClientSecretCredentialOptions["additionalPolicies"]>[number]["policy"];

/** The library itself would wait for ever for a login service that does not answer. */
function watch({ trouble, refusal }: Heard, signal: AbortSignal): Policy {
  return {
    name: "watch-for-trouble",
    sendRequest: async (request, next) => {
      request.timeout = ANSWER_TIMEOUT_MS;
      request.abortSignal = signal;
      try {
        const response = await next(request);
        if (isTrouble(response.status)) trouble(new LoginTrouble(response.status));
        // Of an unknown tenant the library only says that it could not find the endpoints.
        const [said] = /AADSTS\d+: [^"]*/.exec(response.bodyAsText ?? "") ?? [];
        if (said !== undefined) refusal(said);
        return response;
      } catch (error) {
        if (error instanceof Error) trouble(error.name === "AbortError" ? NO_ANSWER : error);
        throw error;
      }
    },
  };
}

class LoginTrouble extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`the login service answered ${status}`);
    this.status = status;
  }
}

const NO_ANSWER = new WireFailure(
  "not-sent",
  new Error(`the login service did not answer for ${ANSWER_TIMEOUT_MS / 1000} s`),
);

function isTrouble(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

const aboutSignIn = (code: FailureCode, tenantId: string) => ({
  ...{ code, service: "login" as const, hint: hintFor(code, "login") },
  ...{ method: "POST", path: `/${tenantId}/oauth2/v2.0/token` },
});

const noAnswer = (cause: WireFailure, tenantId: string): GraphRequestError =>
  new GraphRequestError({
    ...aboutSignIn("connection-failed", tenantId),
    message: `Signing in to tenant ${tenantId} got no answer: ${cause.message}.`,
    cause,
  });

function refusal(
  cause: unknown,
  { tenantId, said }: { readonly tenantId: string; readonly said: string | undefined },
): GraphRequestError {
  const message = said ?? (cause instanceof Error ? cause.message : "no reason given");
  const [, code] = /(AADSTS\d+)/.exec(message) ?? [];
  const known = signInRefusal(code);
  const reason =
    known === undefined
      ? `${code === undefined ? "" : `${code} `}${firstSentence(message)}`
      : `${known.meaning} (${code ?? ""})`;
  return new GraphRequestError({
    ...aboutSignIn("sign-in-failed", tenantId),
    message: `Signing in to tenant ${tenantId} failed: ${reason}`,
    ...(known === undefined ? {} : { hint: known.hint }),
    serviceCode: code,
    cause,
  });
}

/** Set when the login service could not be reached or is in trouble. */
function transientFailure(error: unknown): WireFailure | undefined {
  if (error instanceof LoginTrouble) return new WireFailure("not-sent", error);
  const failure = connectionFailure(error);
  // A token request that was lost did nothing that matters: it may be sent again.
  return failure?.kind === "lost" ? new WireFailure("not-sent", error) : failure;
}

function firstSentence(message: string): string {
  const text = message.replace(/^.*?AADSTS\d+:\s*/s, "").split(/\s*(?:Trace ID|\r?\n)/)[0] ?? "";
  return text.slice(0, 300);
}
