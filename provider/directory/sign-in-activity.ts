/**
 * When accounts last signed in with success, as the directory keeps it for as long as an account exists; only since
 * December 2023. Not verified: how far it runs behind, and whether it needs more than the two that the page names.
 * @see https://learn.microsoft.com/graph/api/resources/signinactivity (v1.0, checked 2026-11-28)
 */
import { odata } from "../../services/index.ts";
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import type { Part } from "../permissions.ts";
import { ofPremium } from "./second-step.ts";

interface Active {
  readonly signInActivity?: { readonly lastSuccessfulSignInDateTime?: string | null } | null;
}

/** @returns ISO 8601, UTC, by object id; nothing of who never did. Asked one by one: it is about a few */
export const lookAtLastSignIns = (
  connection: Connection,
  ids: readonly string[],
): Promise<Part<ReadonlyMap<string, string>>> =>
  ofPremium(readingContext(connection), async ({ graph }) => {
    const found = await Promise.all(
      ids.map(async (id) => {
        const path = `${odata`/users/${id}`}?$select=id,signInActivity`;
        const active = await graph.tryGet<Active>(path);
        const at = active?.signInActivity?.lastSuccessfulSignInDateTime ?? undefined;
        return at === undefined ? [] : [[id, at] as const];
      }),
    );
    return new Map(found.flat());
  });
