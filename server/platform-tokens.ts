/**
 * Tokens that a pipeline's platform signs: whose they are, and whether they are what a line of the settings asks for.
 * OpenID Connect Discovery 1.0 names the keys; RS256 is what GitHub, GitLab and Azure DevOps sign with.
 */
import { createHash } from "node:crypto";
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify } from "jose";
import { z } from "zod";
import { ExpectedError } from "../core/expected-error.ts";
import { RIGHTS } from "../state/index.ts";
import type { Access, ServerSettings } from "./settings.ts";

const TOLERANCE_SECONDS = 60;
const FETCH_MS = 10_000;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
type Keys = ReturnType<typeof createRemoteJWKSet>;

export interface PlatformIdentity {
  readonly access: Access;
  /** The same for one token however its signature is spelt, and another one for each other. */
  readonly id: string;
  /** Milliseconds since 1970 until which it could be used. */
  readonly expires: number;
}

export class PlatformTokens {
  readonly #settings: ServerSettings;
  readonly #keys = new Map<string, Promise<Keys>>();

  constructor(settings: ServerSettings) {
    this.#settings = settings;
  }

  /** @throws ExpectedError `server-refused`, `server-unreachable` when the issuer's keys cannot be had */
  async identify(token: string): Promise<PlatformIdentity> {
    const issuer = issuerOf(token);
    const known = this.#settings.access.filter(({ platform }) => platform?.issuer === issuer);
    const [first] = known;
    if (first === undefined || issuer === undefined) throw refused("its issuer is not known");
    const { payload } = await this.#verified(token, {
      issuer,
      audience: first.platform?.audience ?? this.#settings.url,
    });
    const fitting = known.filter(({ platform }) =>
      Object.entries(platform?.claims ?? {}).every(([name, value]) => payload[name] === value),
    );
    const [access] = fitting.toSorted((one, other) => strength(other) - strength(one));
    if (access === undefined) {
      throw refused("no access is for its repository, branch and environment");
    }
    const signed = token.slice(0, token.lastIndexOf("."));
    return {
      access,
      id: createHash("sha256").update(signed).digest("hex"),
      expires: ((payload.exp ?? 0) + TOLERANCE_SECONDS) * 1000,
    };
  }

  async #verified(
    token: string,
    expected: { readonly issuer: string; readonly audience: string },
  ): Promise<Awaited<ReturnType<typeof jwtVerify>>> {
    try {
      return await jwtVerify(token, await this.#keysOf(expected.issuer), {
        ...expected,
        algorithms: ["RS256"],
        clockTolerance: TOLERANCE_SECONDS,
        requiredClaims: ["exp", "iat", "sub"],
      });
    } catch (error) {
      if (error instanceof errors.JWKSTimeout) throw unreachable(error);
      if (error instanceof errors.JOSEError)
        throw refused(REASONS[error.code] ?? "it is not valid", error);
      if (error instanceof ExpectedError) throw error;
      // What `fetch` throws for a network that does not answer.
      if (error instanceof TypeError) throw unreachable(error);
      throw error;
    }
  }

  async #keysOf(issuer: string): Promise<Keys> {
    const known = this.#keys.get(issuer) ?? discoveredKeys(issuer);
    this.#keys.set(issuer, known);
    try {
      return await known;
    } catch (error) {
      this.#keys.delete(issuer);
      throw error;
    }
  }
}

async function discoveredKeys(issuer: string): Promise<Keys> {
  try {
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
      redirect: "error",
      signal: AbortSignal.timeout(FETCH_MS),
    });
    const { issuer: told, jwks_uri: uri } = discoverySchema.parse(await answer.json());
    if (told !== issuer) throw new TypeError("Discovery names another issuer");
    return createRemoteJWKSet(new URL(uri), { timeoutDuration: FETCH_MS });
  } catch (error) {
    throw unreachable(error);
  }
}

/** Unchecked: it only says with whose keys to check. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

const strength = ({ may }: Access): number => RIGHTS.indexOf(may);

const REASONS: Readonly<Partial<Record<string, string>>> = {
  ERR_JWT_EXPIRED: "it has expired",
  ERR_JWT_CLAIM_VALIDATION_FAILED: "it is for another audience, or a claim is missing",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "its signature is not valid",
  ERR_JOSE_ALG_NOT_ALLOWED: "it is not signed as its platform signs",
  ERR_JWKS_NO_MATCHING_KEY: "it is signed with a key that its issuer does not publish",
};

const refused = (why: string, cause?: unknown): ExpectedError =>
  new ExpectedError("server-refused", `The token of the platform is refused: ${why}.`, {
    hint: "Compare repository, branch and environment of the job, and the audience, with the server's settings (docs/server.md).",
    cause,
  });

const unreachable = (cause: unknown): ExpectedError =>
  new ExpectedError("server-unreachable", "The server cannot get the keys of the platform.", {
    hint: "Run the job again; if it stays so, check that the server may reach the platform.",
    cause,
  });
