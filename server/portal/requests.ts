/** What a request of the portal has to be before anything is done, and how a refusal is told. */
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import type { z } from "zod";
import { stackName } from "../../approval/index.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Language, Sentence, Text } from "../../core/language.ts";
import { RateLimit } from "../limits.ts";
import { TEXTS } from "./texts.ts";

/** Of one address: an office shares one. */
const RATE = { atOnce: 600, perSecond: 20 };
/** Of one address, of what was refused. */
const FAILURE_RATE = { atOnce: 30, perSecond: 0.2 };

type Status = 400 | 401 | 403 | 404 | 413 | 422 | 429;

/** A request that our pages do not make. */
export class NotOurs extends Error {
  override readonly name = "NotOurs";
  readonly status: Status;

  constructor(status: Status) {
    super("Not a request of our pages");
    this.status = status;
  }
}

/** Nobody is signed in, or not any more. */
export class SignedOut extends Error {
  override readonly name = "SignedOut";
}

/** How often one address may ask, and be refused; and that a change comes from our own pages. */
export function guard(origin: string): MiddlewareHandler {
  const [requests, failures] = [new RateLimit(RATE), new RateLimit(FAILURE_RATE)];
  return async (c, next) => {
    const address = getConnInfo(c).remote.address ?? "";
    if (!requests.take(address) || !failures.hasLeft(address)) throw new NotOurs(429);
    if (c.req.method === "POST" && c.req.header("origin") !== origin) throw new NotOurs(403);
    await next();
    if (c.req.method === "POST" && c.res.status >= 400) failures.take(address);
  };
}

/** @throws NotOurs 404 */
export function pathPart<T>(c: Context, name: string, form: z.ZodType<T>): T {
  const parsed = form.safeParse(c.req.param(name));
  if (parsed.success) return parsed.data;
  throw new NotOurs(404);
}

export const stackOf = (c: Context): string => pathPart(c, "stack", stackName);

/** @throws NotOurs 400 */
export async function bodyOf<T>(c: Context, form: z.ZodType<T>): Promise<T> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw new NotOurs(400);
    throw error;
  }
  const parsed = form.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new NotOurs(400);
}

/** As the browser asks for it. */
export const languageOf = (c: Context): Language =>
  /^nl\b/i.test(c.req.header("accept-language") ?? "") ? "nl" : "en";

export interface Told {
  readonly status: Status;
  readonly sentence: Text;
  readonly hint: Text;
}

const DECIDED = new Set(["already-decided", "already-applied", "decided-too-late"]);

/** In the words of a decision maker: what is worded for engineers only is not shown. Undefined: a bug. */
export function toldOf(error: unknown): Told | undefined {
  if (error instanceof NotOurs) {
    const sentence = error.status === 429 ? TEXTS.tooOften : TEXTS.notFound;
    return { status: error.status, sentence, hint: TEXTS.again };
  }
  if (error instanceof SignedOut) {
    return { status: 401, sentence: TEXTS.signedOut, hint: TEXTS.again };
  }
  if (!(error instanceof ExpectedError)) return undefined;
  const fallback = DECIDED.has(error.code) ? TEXTS.decided : TEXTS.cannot;
  const inBoth = (sentence: Sentence, otherwise: Text): Text =>
    typeof sentence === "string" ? otherwise : sentence;
  return {
    status: error.code === "plan-unknown" ? 404 : 422,
    sentence: inBoth(error.sentence, fallback),
    hint: inBoth(error.hint, TEXTS.askProvider),
  };
}
