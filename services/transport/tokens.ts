/** Access tokens by scope, from @azure/identity. */
import { Agent } from "node:https";
import type { ClientSecretCredentialOptions, TokenCredential } from "@azure/identity";
import type { Clock } from "./clock.ts";
import { GraphRequestError } from "./errors.ts";
import { backoffMs } from "./retry.ts";
import { hintFor } from "./service-errors.ts";
import type { Silence } from "./silence.ts";
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
const MOST_TRIES = 8;
const SPARE_SHARE = 0.2;
const MOST_SPARE_MS = 300_000;

export class Tokens {
  readonly #options: TokensOptions;
  #credential: TokenCredential | undefined;
  /** What went wrong on the wire: the library hides it from its own errors. */
  readonly #troubles: Error[] = [];
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
      const pauseMs = backoffMs(tries, random);
      try {
        const token = await this.#fetchOnce(scope);
        silence.end();
        return token;
      } catch (error) {
        if (tries === MOST_TRIES || !(error instanceof WireFailure) || error.kind === "refused") {
          throw error;
        }
        if (error.cause instanceof LoginTrouble) silence.end();
        else if (!silence.mayEnd({ service: "login", tries, pauseMs })) throw error;
      }
      await clock.sleep(pauseMs, signal);
    }
  }

  async #fetchOnce(scope: string): Promise<string> {
    const { clock, tenantId, signal } = this.#options;
    this.#troubles.length = 0;
    try {
      this.#credential ??= await createCredential(this.#options, (error) =>
        this.#troubles.push(error),
      );
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
      throw transientFailure(this.#troubles.at(-1) ?? error) ?? refusal(error, tenantId);
    }
  }
}

async function createCredential(
  { tenantId, login, credential, authorities, signal }: TokensOptions,
  onTrouble: (error: Error) => unknown,
): Promise<TokenCredential> {
  const options = {
    authorityHost: login,
    // Only Microsoft's own hosts are known to the discovery service that would be asked.
    disableInstanceDiscovery: !MICROSOFT_LOGIN.test(login),
    // We retry ourselves, with one deadline over sign-in and call.
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: watch(onTrouble, signal), position: "perRetry" as const }],
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

type Policy = NonNullable<ClientSecretCredentialOptions["additionalPolicies"]>[number]["policy"];

/** The library itself would wait for ever for a login service that does not answer. */
function watch(onTrouble: (error: Error) => unknown, signal: AbortSignal): Policy {
  return {
    name: "watch-for-trouble",
    sendRequest: async (request, next) => {
      request.timeout = ANSWER_TIMEOUT_MS;
      request.abortSignal = signal;
      try {
        const response = await next(request);
        if (isTrouble(response.status)) onTrouble(new LoginTrouble(response.status));
        return response;
      } catch (error) {
        if (error instanceof Error) onTrouble(error.name === "AbortError" ? NO_ANSWER : error);
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

function refusal(error: unknown, tenantId: string): GraphRequestError {
  const message = error instanceof Error ? error.message : "no reason given";
  const [, code] = /(AADSTS\d+)/.exec(message) ?? [];
  return new GraphRequestError({
    code: "sign-in-failed",
    message: `Signing in to tenant ${tenantId} failed: ${code === undefined ? "" : `${code} `}${firstSentence(message)}`,
    hint: hintFor("sign-in-failed", "login"),
    service: "login",
    method: "POST",
    path: `/${tenantId}/oauth2/v2.0/token`,
    serviceCode: code,
    cause: error,
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
