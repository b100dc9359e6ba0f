/**
 * Who a workspace is for its server: a token of the environment that the server knows, or one that the platform of a
 * pipeline signs for this job, exchanged for a session of the server, since such a token is good for one sign-in.
 *
 * GitHub gives a token for each request (`ACTIONS_ID_TOKEN_REQUEST_URL` with `&audience=`, as actions/toolkit
 * packages/core/src/oidc-utils.ts asks; docs.github.com, "OpenID Connect reference", read 2026-11-27). GitLab puts it into
 * a variable that the job names (docs.gitlab.com, "OpenID Connect (OIDC) Authentication Using ID Tokens", same day);
 * Azure DevOps gives it to a request of the job. Both are handed over in `TENANTRY_ID_TOKEN`.
 */
import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Identity {
  /** Of a token that the server knows; undefined: it has to be signed in with the other. */
  readonly known: string | undefined;
  /** A token of the platform, signed for this server; undefined where there is none (any more). */
  platformToken(): Promise<string | undefined>;
}

const gitHubAnswer = z.object({ value: z.string().min(1) });

/** @param audience origin of the server, for which the platform signs */
export function identityOf(audience: string, environment: Environment = process.env): Identity {
  const { TENANTRY_SERVER_TOKEN: known, TENANTRY_ID_TOKEN: given } = environment;
  let once = given;
  return {
    known: known === "" ? undefined : known,
    platformToken: async () => {
      const token = once;
      once = undefined;
      return token === undefined || token === "" ? await ofGitHub(audience, environment) : token;
    },
  };
}

async function ofGitHub(audience: string, environment: Environment): Promise<string | undefined> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = environment;
  if (url === undefined || token === undefined) return undefined;
  try {
    const answer = await fetch(`${url}&audience=${encodeURIComponent(audience)}`, {
      headers: { authorization: `bearer ${token}` },
      signal: AbortSignal.timeout(15_000),
    });
    return gitHubAnswer.parse(await answer.json()).value;
  } catch (cause) {
    throw new ExpectedError("server-refused", "GitHub gave no token for the server.", {
      hint: "Give the job `permissions: id-token: write`, and run it again.",
      cause,
    });
  }
}
