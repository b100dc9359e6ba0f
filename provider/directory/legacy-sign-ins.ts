/**
 * Who signed in by a program that knows no second step. The log goes back 30 days in a tenant with Microsoft Entra ID P1,
 * and is shown to no other (learn, reference-reports-data-retention: cited, not read). The page of the resource names
 * kinds of clients, the log of the admin center has the longer names: both are asked for, each by `eq`, which is all that
 * it supports. Not verified: that the two lists are whole.
 * @see https://learn.microsoft.com/graph/api/resources/signin (v1.0, checked 2026-11-28)
 * @see https://learn.microsoft.com/graph/api/signin-list (v1.0, checked 2026-11-28)
 */
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import type { Part } from "../permissions.ts";
import { ofPremium } from "./second-step.ts";

const LEGACY_CLIENTS = [
  ...["Authenticated SMTP", "AutoDiscover", "Exchange ActiveSync", "Exchange Online PowerShell"],
  ...["Exchange Web Services", "IMAP", "IMAP4", "MAPI", "MAPI Over HTTP", "Offline Address Book"],
  ...["Other clients", "Outlook Anywhere (RPC over HTTP)", "POP", "POP3"],
  ...["Reporting Web Services", "SMTP"],
];

export interface LegacySignIn {
  /** User principal name, or the object id where the log has none. */
  readonly user: string;
  /** Sorted, as the log names them. */
  readonly clients: readonly string[];
}

interface SignIn {
  readonly userId: string;
  readonly userPrincipalName?: string | null;
  readonly clientAppUsed?: string | null;
  readonly status?: { readonly errorCode?: number } | null;
}

/** By user, sorted; only those who got in: others guess passwords. */
export const readLegacySignIns = (connection: Connection): Promise<Part<readonly LegacySignIn[]>> =>
  ofPremium(readingContext(connection), async ({ graph }) => {
    const filter = LEGACY_CLIENTS.map((client) => `clientAppUsed eq '${client}'`).join(" or ");
    const all = await graph.all<SignIn>(`/auditLogs/signIns?$filter=${encodeURIComponent(filter)}`);
    const known = all.filter(({ status }) => status?.errorCode === 0);
    const byUser = Map.groupBy(known, ({ userId, userPrincipalName }) =>
      (userPrincipalName ?? "") === "" ? userId : (userPrincipalName ?? "").toLowerCase(),
    );
    return [...byUser]
      .map(([user, signIns]) => ({
        user,
        clients: [...new Set(signIns.map(({ clientAppUsed }) => clientAppUsed ?? ""))].sort(),
      }))
      .sort((one, other) => (one.user < other.user ? -1 : 1));
  });
