/**
 * Sign-in of engineers with Microsoft Entra: authorization code with PKCE. What belongs to one sign-in is derived from a
 * secret that only the browser keeps, so nothing has to be stored before somebody is known.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow,
 * https://learn.microsoft.com/security/zero-trust/develop/configure-tokens-group-claims-app-roles (200 groups, then
 * `_claim_names`) (read 2026-11-28)
 */
import * as client from "openid-client";
import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import { hashOf } from "../tokens.ts";
import type { EngineersSettings } from "./settings.ts";

const claimsSchema = z.object({
  oid: z.string(),
  tid: z.string(),
  name: z.string().default(""),
  preferred_username: z.string().default(""),
  groups: z.array(z.string().toLowerCase()).default([]),
  _claim_names: z.unknown().optional(),
});

export interface Engineer {
  readonly name: string;
  /** Those of the settings that this person is in. */
  readonly groups: readonly string[];
}

export class Entra {
  readonly #settings: EngineersSettings;
  readonly #redirect: string;
  #found: Promise<client.Configuration> | undefined;

  /** @param url of the server, as the application's redirect address begins */
  constructor(settings: EngineersSettings, url: string) {
    this.#settings = settings;
    this.#redirect = `${url}/engineers/callback`;
  }

  /** Where to send the browser. @param secret of this sign-in, from `newToken` */
  async addressOf(secret: string): Promise<string> {
    const address = client.buildAuthorizationUrl(await this.#configuration(), {
      ...{ redirect_uri: this.#redirect, scope: "openid profile", code_challenge_method: "S256" },
      code_challenge: await client.calculatePKCECodeChallenge(secret),
      ...{ state: stateOf(secret), nonce: nonceOf(secret) },
    });
    return address.href;
  }

  /**
   * @param query what Entra sent back
   * @throws ExpectedError `engineer-refused`, `server-unreachable`
   */
  async finish(secret: string, query: string): Promise<Engineer> {
    const configuration = await this.#configuration();
    const claims = await answered(async () => {
      const tokens = await client.authorizationCodeGrant(
        configuration,
        new URL(`${this.#redirect}${query}`),
        {
          ...{ pkceCodeVerifier: secret, expectedState: stateOf(secret) },
          ...{ expectedNonce: nonceOf(secret), idTokenExpected: true },
        },
      );
      return claimsSchema.parse(tokens.claims());
    });
    if (claims.tid !== this.#settings.tenantId) throw refused("it is of another tenant");
    if (claims._claim_names !== undefined) {
      throw refused("it lists no groups, since there are more than 200 of them");
    }
    const groups = this.#settings.groups.filter(({ id }) => claims.groups.includes(id));
    if (groups.length === 0) throw refused("none of its groups sees the overview");
    const name = claims.name === "" ? claims.preferred_username : claims.name;
    return { name, groups: groups.map(({ id }) => id) };
  }

  async #configuration(): Promise<client.Configuration> {
    const { authority, tenantId, clientId, clientSecret } = this.#settings;
    this.#found ??= answered(async () => {
      const issuer = new URL(`${authority}/${tenantId}/v2.0`);
      const found = await client.discovery(issuer, clientId, clientSecret);
      // The ID token's signature too, not only the connection that brought it.
      client.enableNonRepudiationChecks(found);
      return found;
    });
    try {
      return await this.#found;
    } catch (error) {
      this.#found = undefined;
      throw error;
    }
  }
}

const stateOf = (secret: string): string => hashOf(`state ${secret}`);
const nonceOf = (secret: string): string => hashOf(`nonce ${secret}`);

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    if (
      error instanceof client.ResponseBodyError ||
      error instanceof client.AuthorizationResponseError
    ) {
      throw refused(`Entra says ${error.error}`, error);
    }
    if (error instanceof client.ClientError && !isNetwork(error)) {
      throw refused("the answer does not belong to this sign-in", error);
    }
    if (error instanceof z.ZodError) throw refused("its token lacks what names a person", error);
    if (error instanceof TypeError || error instanceof client.ClientError) {
      throw new ExpectedError("server-unreachable", "Microsoft Entra does not answer.", {
        hint: "Try again; if it stays so, check that the server may reach it.",
        cause: error,
      });
    }
    throw error;
  }
}

/** What `fetch` throws for a network that does not answer stands below it. */
const isNetwork = ({ cause, code }: client.ClientError): boolean =>
  cause instanceof TypeError || code === "OAUTH_TIMEOUT";

const refused = (why: string, cause?: unknown): ExpectedError =>
  new ExpectedError("engineer-refused", `This account is refused: ${why}.`, {
    hint: "Ask whoever runs the server to put you into one of its groups (docs/server.md), then sign in again.",
    cause,
  });
