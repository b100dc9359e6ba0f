/**
 * Signs a person out everywhere. Whoever is blocked gets no new token, but what is open goes on until its token runs out,
 * about an hour later. Of guests only their own tenant can.
 * @see https://learn.microsoft.com/graph/api/user-revokesigninsessions (v1.0, checked 2026-11-28): a delay of minutes
 * Not verified: that User.ReadWrite.All is enough, as Microsoft's staff answered; the page names User.RevokeSessions.All.
 */
import { isRequestError, odata } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";

export async function revokeSessions(
  { service: { graph } }: ResourceContext,
  userId: string,
): Promise<void> {
  try {
    const path = odata`/users/${userId}/revokeSignInSessions`;
    // A second time does no harm.
    await graph.post(path, undefined, { find: () => Promise.resolve(undefined), settleMs: 0 });
  } catch (error) {
    // The block is what was approved, and it stands: without the permission the sessions end by themselves.
    if (!isRequestError(error, "forbidden")) throw error;
  }
}
