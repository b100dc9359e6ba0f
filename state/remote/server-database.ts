/**
 * The database of a workspace on a server: the same works by the same names, over HTTPS. What got no answer is asked
 * again under the same number, and the server does it once.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isErrorCode } from "../../core/error-codes.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import type { StateDatabase, WorkspaceWorkName } from "../database/works.ts";
import { messages, PROTOCOL } from "./messages.ts";
import { identityOf } from "./sign-in.ts";
import type { Identity } from "./sign-in.ts";

/** A server that is started again is back by then; after it a lock's lifetime is over anyway. */
const PATIENCE_MS = 30_000;
const ATTEMPT_MS = 20_000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [100, 5_000];

const answerSchema = z.object({ output: z.unknown().optional() });
const refusalSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }),
});
const sessionSchema = z.object({ token: z.string().min(1) });

interface Told {
  readonly status: number;
  readonly body: unknown;
}

/**
 * @param url origin of the server
 * @param identity of this process, when left out by its environment
 */
export function openServerDatabase(
  url: string,
  identity: Identity = identityOf(new URL(url).origin),
): StateDatabase {
  const server = new ServerDatabase(new URL(url).origin, identity);
  let isClosed = false;
  return {
    run: async (name, input) => {
      if (isClosed) throw new Error("The state's database was closed");
      return (await server.run(name as WorkspaceWorkName, input)) as never;
    },
    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  };
}

class ServerDatabase {
  readonly #origin: string;
  readonly #identity: Identity;
  #session: Promise<string> | undefined;

  constructor(origin: string, identity: Identity) {
    this.#origin = origin;
    this.#identity = identity;
  }

  async run(name: WorkspaceWorkName, input: unknown): Promise<unknown> {
    const { input: sent, output: told } = messages[name] as {
      readonly input: z.ZodType;
      readonly output: z.ZodType;
    };
    const body = JSON.stringify({ id: randomUUID(), input: z.encode(sent, input) });
    const answer = await this.#ask(`/v1/work/${name}`, body);
    const output = z.safeDecode(told, answerSchema.parse(answer).output);
    if (output.success) return output.data;
    throw differs(output.error);
  }

  /** Signs in before it asks, and once more when the session is over by then. */
  async #ask(path: string, body: string): Promise<unknown> {
    const token = await this.#token();
    const answer = await this.#send(path, { token, body });
    if (answer.status !== 401 || this.#identity.known !== undefined) return accepted(answer);
    this.#session = undefined;
    return accepted(await this.#send(path, { token: await this.#token(), body }));
  }

  async #token(): Promise<string> {
    const { known } = this.#identity;
    if (known !== undefined) return known;
    this.#session ??= this.#signIn();
    try {
      return await this.#session;
    } catch (error) {
      this.#session = undefined;
      throw error;
    }
  }

  async #signIn(): Promise<string> {
    const token = await this.#identity.platformToken();
    if (token === undefined) {
      throw new ExpectedError("server-refused", "There is no token for the server.", {
        hint: "Set TENANTRY_SERVER_TOKEN, or have the pipeline's platform give one (docs/server.md).",
      });
    }
    const answer = accepted(await this.#send("/v1/sign-in", { token, body: "{}" }));
    return sessionSchema.parse(answer).token;
  }

  async #send(
    path: string,
    sent: { readonly token: string; readonly body: string },
  ): Promise<Told> {
    const started = performance.now();
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const told = await this.#attempt(path, sent).catch((error: unknown) => unanswered(error));
      const isOver = performance.now() - started > PATIENCE_MS;
      if (!(told instanceof ExpectedError) && (!isPassing(told) || isOver)) return told;
      if (told instanceof ExpectedError && isOver) throw told;
      await sleep(pause * (0.5 + Math.random() / 2));
    }
  }

  async #attempt(
    path: string,
    { token, body }: { readonly token: string; readonly body: string },
  ): Promise<Told> {
    const answer = await fetch(`${this.#origin}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "tenantry-protocol": PROTOCOL,
      },
      body,
      // A token is for this server, and for nobody it may name.
      redirect: "error",
      signal: AbortSignal.timeout(ATTEMPT_MS),
    });
    return { status: answer.status, body: json(await answer.text()) };
  }
}

/** Too many at once, and a server that is being started or stopped. */
const isPassing = ({ status }: Told): boolean => [429, 502, 503, 504].includes(status);

/** Undefined for what is not JSON, such as the page of a proxy. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @throws ExpectedError what the server refused, in its words */
function accepted({ status, body }: Told): unknown {
  if (status === 200) return body;
  const { data } = refusalSchema.safeParse(body);
  if (data !== undefined && isErrorCode(data.error.code)) {
    throw new ExpectedError(data.error.code, data.error.message, { hint: data.error.hint });
  }
  if (status >= 500 || status === 429) throw unreachable(`HTTP ${status}`);
  throw differs(new Error(`HTTP ${status}`));
}

/** Of `fetch`, which wraps what the network said; our bugs are errors of other kinds. */
function unanswered(error: unknown): ExpectedError {
  if (error instanceof TypeError || error instanceof DOMException) {
    const { code } = (error.cause ?? {}) as { readonly code?: unknown };
    return unreachable(typeof code === "string" ? code : error.name, error);
  }
  throw error;
}

const unreachable = (why: string, cause?: unknown): ExpectedError =>
  new ExpectedError("server-unreachable", `The server cannot be reached (${why}).`, {
    hint: "Check `server` in the settings and that the server runs, then run the command again; what was begun is continued.",
    cause,
  });

const differs = (cause: unknown): ExpectedError =>
  new ExpectedError("server-differs", "What answers there is not a server of this version.", {
    hint: "Check `server` in the settings; use the same version of Tenantry there and here.",
    cause,
  });
