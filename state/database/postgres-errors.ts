/** What Postgres and the way to it refuse, as expected failures. Source: postgresql.org/docs/18/errcodes-appendix.html (checked 2026-11-26). */
import { StateError } from "../errors.ts";
import type { StateErrorCode } from "../errors.ts";

interface Told {
  readonly code: StateErrorCode;
  readonly message: string;
  readonly hint: string;
}

const UNREACHABLE: Told = {
  code: "state-unusable",
  message: "The state's database cannot be reached",
  hint: "Check `state` in the settings, that the server runs, and that you may sign in there.",
};

const REFUSALS: readonly { readonly pattern: RegExp; readonly told: Told }[] = [
  {
    pattern: /^53100$/,
    told: {
      code: "state-full",
      message: "The disk under the state's database is full",
      hint: "Make room on the server, then run the command again; what was stored before is kept.",
    },
  },
  {
    pattern: /^(25006|42501)$/,
    told: {
      code: "state-read-only",
      message: "The state's database can only be read",
      hint: "Sign in there as somebody who may write, or use the primary server.",
    },
  },
  {
    pattern: /^(40001|40P01|55P03|53300)$/,
    told: {
      code: "state-busy",
      message: "Other processes have held the state's database for too long",
      hint: "Wait until they have ended, then run the command again; nothing was changed.",
    },
  },
  // Classes of connections, sign-in, names of databases, and a server that is going down.
  { pattern: /^(08|28|3D|57P)/, told: UNREACHABLE },
  {
    pattern: /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|AI_AGAIN)$|^ENOTFOUND$/,
    told: UNREACHABLE,
  },
];

/** Two transactions met; run again, one of them sees what the other did. */
export const isToBeRunAgain = (error: unknown): boolean => /^40(001|P01)$/.test(codeOf(error));

/** The failure that stands behind an error, or the error itself when it is our bug. */
export function postgresErrorOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StateError) return error;
  const code = codeOf(error);
  const told = REFUSALS.find(({ pattern }) => pattern.test(code))?.told ?? lostWithoutCode(error);
  if (told === undefined) return error;
  return new StateError({
    ...told,
    message: `${told.message} (${code || "no answer"}).`,
    cause: error,
  });
}

/** The driver has no code for these two (pg 8.23, pg-pool 3.14). */
const lostWithoutCode = ({ message }: Error): Told | undefined =>
  /^(Connection terminated|timeout exceeded when trying to connect)/.test(message)
    ? UNREACHABLE
    : undefined;

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : "";
}
