/** Who asks: a token of the settings, or a session that a platform's token was exchanged for. */
import { timingSafeEqual } from "node:crypto";
import { ExpectedError } from "../core/expected-error.ts";
import type { Caller, StateDatabase } from "../state/index.ts";
import { PlatformTokens } from "./platform-tokens.ts";
import type { Access, ServerSettings } from "./settings.ts";
import { hashOf, newToken } from "./tokens.ts";

/** A job of a pipeline is over by then. Only the process that signed in has the session's token. */
const SESSION_MS = 6 * 3_600_000;
/** A session is looked up again after this: it may have been signed in at another process. */
const KNOWN_MS = 30_000;
const MOST_KNOWN = 10_000;

export class Callers {
  readonly #settings: ServerSettings;
  readonly #database: StateDatabase;
  readonly #platforms: PlatformTokens;
  readonly #known = new Map<string, { readonly caller: Caller; readonly until: number }>();

  constructor(settings: ServerSettings, database: StateDatabase) {
    this.#settings = settings;
    this.#database = database;
    this.#platforms = new PlatformTokens(settings);
  }

  /** What needs no look into the database; so far, or at all. */
  knownBy(token: string): Caller | undefined {
    const hash = hashOf(token);
    const fixed = this.#settings.access.find(
      ({ token: kept }) => kept !== undefined && isSame(kept, `sha256:${hash}`),
    );
    if (fixed !== undefined) return callerOf(fixed);
    const session = this.#known.get(hash);
    return session !== undefined && session.until > performance.now() ? session.caller : undefined;
  }

  /** Undefined: there is no such session, it is over, or the settings have no such access any more. */
  async ofSession(token: string): Promise<Caller | undefined> {
    const hash = hashOf(token);
    const kept = await this.#database.run("findSession", hash);
    const access = this.#settings.access.find((one) => JSON.stringify(one) === kept);
    if (access === undefined) return undefined;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    const caller = callerOf(access);
    this.#known.set(hash, { caller, until: performance.now() + KNOWN_MS });
    return caller;
  }

  /** @returns the token of a session. @throws ExpectedError `server-refused`, `server-unreachable` */
  async signIn(
    platformToken: string,
  ): Promise<{ readonly token: string; readonly caller: Caller }> {
    const { access, id, expires } = await this.#platforms.identify(platformToken);
    const token = newToken();
    const isNew = await this.#database.run("beginSession", {
      used: { id, expires },
      hash: hashOf(token),
      access: JSON.stringify(access),
      lifetime: SESSION_MS,
    });
    if (isNew) return { token, caller: callerOf(access) };
    throw new ExpectedError("server-refused", "The token of the platform was used before.", {
      hint: "Each command takes a token of its own: on GitHub it asks for one, elsewhere the job gives one to each.",
    });
  }
}

const callerOf = ({ name, may, tenants }: Access): Caller => ({ name, may, tenants });

const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(one), "hex"), Buffer.from(hashOf(other), "hex"));
