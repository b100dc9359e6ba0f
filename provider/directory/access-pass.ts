/**
 * A Temporary Access Pass for somebody's first sign-in: Microsoft shows it once, to whoever asks for it. A new one takes the
 * place of the one before. It is given back and kept nowhere.
 * @see https://learn.microsoft.com/graph/api/authentication-post-temporaryaccesspassmethods (v1.0, checked 2026-11-28)
 */
import { isRequestError, odata } from "../../services/index.ts";
import type { Microsoft365 } from "../../services/index.ts";
import { ExpectedError } from "../../core/expected-error.ts";

export interface AccessPassFor {
  readonly userPrincipalName: string;
  /** 10 to 43,200; the tenant's policy may allow less. */
  readonly lifetimeInMinutes: number;
}

/** What people quote of the refusal (azure-docs issue 111778, read 2026-11-28); its code and status: not verified. */
const NOT_ALLOWED = "UserCredentialPolicy";

/** @throws ExpectedError `access-pass-not-allowed`; what Graph answers to a user who does not exist */
export async function createAccessPass(
  { graph }: Pick<Microsoft365, "graph">,
  { userPrincipalName, lifetimeInMinutes }: AccessPassFor,
): Promise<string> {
  const path = `${odata`/users/${userPrincipalName}`}/authentication/temporaryAccessPassMethods`;
  try {
    const { temporaryAccessPass } = await graph.post<{ temporaryAccessPass: string }>(
      path,
      { lifetimeInMinutes, isUsableOnce: true },
      // Nobody saw the pass of a lost answer: another one takes its place.
      { find: () => Promise.resolve(undefined), settleMs: 0 },
    );
    return temporaryAccessPass;
  } catch (error) {
    if (!isRequestError(error) || error.serviceMessage?.includes(NOT_ALLOWED) !== true) throw error;
    throw new ExpectedError(
      "access-pass-not-allowed",
      `Temporary Access Passes are not allowed for ${userPrincipalName} in this tenant.`,
      {
        hint: "Turn the method on for them in the Microsoft Entra admin center (Authentication methods, Policies), then ask again.",
        cause: error,
      },
    );
  }
}
