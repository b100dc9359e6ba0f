/** What Postgres and the way to it refuse, as expected failures. Source: postgresql.org/docs/18/errcodes-appendix.html (checked 2026-11-26). */
import { ExpectedError } from "../../core/expected-error.ts";

/** @param code of Postgres or of the system */
type Told = (code: string, cause: Error) => ExpectedError;

const unreachable: Told = (code, cause) =>
  new ExpectedError("state-unusable", `The state's database cannot be reached (${code}).`, {
    hint: "Check `state` in the settings, that the server runs, and that you may sign in there.",
    cause,
  });

const full: Told = (code, cause) =>
  new ExpectedError("state-full", `The disk under the state's database is full (${code}).`, {
    hint: "Free up disk space on the server, then run the command again; what was stored before is kept.",
    cause,
  });

const readOnly: Told = (code, cause) =>
  new ExpectedError("state-read-only", `The state's database is read-only (${code}).`, {
    hint: "Sign in as a user with write access, or use the primary server.",
    cause,
  });

const empty: Told = (code, cause) =>
  new ExpectedError("state-unusable", `The database holds no state of Tenantry (${code}).`, {
    hint: "Check the name of the database, and that a server has been started on it.",
    cause,
  });

const busy: Told = (code, cause) =>
  new ExpectedError(
    "state-busy",
    `Other processes have held the state's database for too long (${code}).`,
    { hint: "Wait until they have ended, then run the command again; nothing was changed.", cause },
  );

const REFUSALS: readonly { readonly pattern: RegExp; readonly told: Told }[] = [
  { pattern: /^53100$/, told: full },
  { pattern: /^(25006|42501)$/, told: readOnly },
  { pattern: /^(42P01|3F000)$/, told: empty },
  { pattern: /^(40001|40P01|55P03|53300)$/, told: busy },
  // Classes of connections, sign-in, names of databases, and a server that is going down.
  { pattern: /^(08|28|3D|57P)/, told: unreachable },
  {
    pattern: /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|AI_AGAIN)$|^ENOTFOUND$/,
    told: unreachable,
  },
];

/** Two transactions met, also at one new key; run again, one of them sees what the other did. */
export const isToBeRunAgain = (error: unknown): boolean =>
  /^(40(001|P01)|23505)$/.test(codeOf(error));

/** The failure that stands behind an error, or the error itself when it is our bug. */
export function postgresErrorOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ExpectedError) return error;
  const code = codeOf(error);
  const told = REFUSALS.find(({ pattern }) => pattern.test(code))?.told ?? lostWithoutCode(error);
  return told === undefined ? error : told(code || "no answer", error);
}

/** The driver has no code for these two (pg 8.23, pg-pool 3.14). */
const lostWithoutCode = ({ message }: Error): Told | undefined =>
  /^(Connection terminated|timeout exceeded when trying to connect)/.test(message)
    ? unreachable
    : undefined;

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : "";
}
