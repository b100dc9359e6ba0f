/**
 * The backup vendor's REST service (Veeam Backup for Microsoft 365, version 8), with its own sign-in.
 * @see https://helpcenter.veeam.com/references/vbo365/8/rest (checked 2026-11)
 */
import type { Dispatcher } from "undici";
import { GraphRequestError } from "../transport/errors.ts";
import { plainService, type PlainServiceOptions } from "../transport/rest-service.ts";
import type { Page } from "../transport/rest.ts";
import type { Authorization } from "../transport/request-sender.ts";
import { meaningOf, readServiceError } from "../transport/service-errors.ts";
import type { BackupCredentials, RestClient } from "../transport/types.ts";
import { connectionFailure, fetchOnce, readAnswer, WireFailure } from "../transport/http.ts";

const TOKEN_PATH = "/v8/token";

export interface BackupClientOptions extends Omit<PlainServiceOptions, "authorization"> {
  dispatcher: Dispatcher;
  /** Ends a sign-in that is under way. */
  signal: AbortSignal;
  credentials: BackupCredentials;
}

export function createBackupClient(options: BackupClientOptions): RestClient {
  const authorization = new BackupSession(options);
  return plainService(
    { ...options, authorization },
    { service: "backup", headersFor: () => ({}), claimsFor: () => [], readPage },
  );
}

/** `{offset, limit, results}`, or a bare array for small collections. */
function readPage(body: unknown, path: string): Page | undefined {
  if (Array.isArray(body)) return { items: body };
  const { results, offset, limit } = (body ?? {}) as Record<string, unknown>;
  if (!Array.isArray(results) || typeof offset !== "number" || typeof limit !== "number") {
    return undefined;
  }
  if (limit <= 0 || results.length < limit) return { items: results };
  const next = new URL(path, "https://backup.invalid");
  next.searchParams.set("offset", String(offset + limit));
  next.searchParams.set("limit", String(limit));
  return { items: results, next: { path: next.pathname + next.search } };
}

/** Signs in with the password once, and with the refresh token after that. */
class BackupSession implements Authorization {
  readonly #options: BackupClientOptions;
  #access: Promise<string> | undefined;
  #current: string | undefined;
  #refresh: string | undefined;

  constructor(options: BackupClientOptions) {
    this.#options = options;
  }

  async get(): Promise<string> {
    this.#access ??= this.#signIn();
    try {
      this.#current = await this.#access;
      return this.#current;
    } catch (error) {
      this.#access = undefined;
      throw error;
    }
  }

  renew(token: string): void {
    if (token === this.#current) this.#access = undefined;
  }

  async #signIn(): Promise<string> {
    const refresh = this.#refresh;
    if (refresh !== undefined) {
      this.#refresh = undefined;
      const token = await this.#tryGrant({ grant_type: "refresh_token", refresh_token: refresh });
      if (token !== undefined) return token;
    }
    const { username, password } = this.#options.credentials;
    const answer = await this.#grant({ grant_type: "password", username, password });
    const token = this.#accept(answer.body);
    if (token !== undefined) return token;
    const error = readServiceError(answer.body, answer.headers);
    throw new GraphRequestError({
      code: meaningOf(answer.status, error) === "forbidden" ? "forbidden" : "sign-in-failed",
      message:
        `Signing in to the backup service failed: ${answer.status} ${error.code ?? ""}`.trim(),
      hint: "Check user name and password of the backup service.",
      service: "backup",
      method: "POST",
      path: TOKEN_PATH,
      status: answer.status,
      serviceCode: error.code,
    });
  }

  async #tryGrant(grant: Record<string, string>): Promise<string | undefined> {
    const answer = await this.#grant(grant);
    return this.#accept(answer.body);
  }

  async #grant(grant: Record<string, string>) {
    const { dispatcher, baseUrl, signal } = this.#options;
    try {
      const response = await fetchOnce(dispatcher, {
        method: "POST",
        signal,
        url: baseUrl + TOKEN_PATH,
        headers: {
          accept: "application/json",
          "content-type": "application/x-www-form-urlencoded",
        },
        // Without a browser there is no cookie, and so nothing that an antiforgery token could protect.
        body: new URLSearchParams({ ...grant, disable_antiforgery_token: "true" }).toString(),
      });
      const answer = await readAnswer(response);
      if (answer.status >= 500 || answer.status === 429) {
        throw new WireFailure("not-sent", new Error(`Sign-in was answered ${answer.status}`));
      }
      return answer;
    } catch (error) {
      const failure = connectionFailure(error);
      // A token request that was lost did nothing that matters: it may be sent again.
      throw failure?.kind === "lost" ? new WireFailure("not-sent", error) : (failure ?? error);
    }
  }

  #accept(body: unknown): string | undefined {
    const answer = (body ?? {}) as { access_token?: unknown; refresh_token?: unknown };
    if (typeof answer.access_token !== "string") return undefined;
    this.#refresh = typeof answer.refresh_token === "string" ? answer.refresh_token : undefined;
    return answer.access_token;
  }
}
