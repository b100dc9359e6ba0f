/** Two kinds of failure: expected ones carry a code, a sentence and a remedy; anything else is an internal error. */
import { getSystemErrorMessage } from "node:util";

/** Something that can go wrong without anybody's fault in this code. */
export class ExpectedError extends Error {
  /** Stable, kebab-case. */
  readonly code: string;
  /** What to do next. */
  readonly hint: string;
  /** Lines that belong to it, such as each problem of a file. */
  readonly details: readonly string[];

  constructor(
    code: string,
    message: string,
    more: { readonly hint: string; readonly details?: readonly string[]; readonly cause?: unknown },
  ) {
    super(message, { cause: more.cause });
    this.name = "ExpectedError";
    this.code = code;
    this.hint = more.hint;
    this.details = more.details ?? [];
  }
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly details: readonly string[];
}

/**
 * The failure to show for an error of any layer, or undefined when it is internal. Some layers have error classes
 * of their own; an expected one is known by its `code` and `hint`.
 */
export function expectedFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const told = fileUnusable(error) ?? emulatorUnusable(error) ?? error;
  const { code, hint, details } = told as { code?: unknown; hint?: unknown; details?: unknown };
  if (typeof code !== "string" || typeof hint !== "string") return undefined;
  return {
    ...{ code, hint, message: told.message },
    details: Array.isArray(details) ? details.map(String) : [],
  };
}

/** What the operating system refuses to do with a file is the machine's matter: rights, a full disk, a wrong path. */
function fileUnusable(error: Error): ExpectedError | undefined {
  const { path, errno } = error as NodeJS.ErrnoException;
  if (path === undefined || errno === undefined) return undefined;
  return new ExpectedError(
    "file-unusable",
    `${path} cannot be used: ${getSystemErrorMessage(errno)}.`,
    {
      hint: "Check that the path is right, that you may read and write there, and that the disk is not full.",
      cause: error,
    },
  );
}

/** Primary result codes for a database that is read-only, unreadable, damaged, full or none (sqlite.org/rescode.html). */
const DATABASE_UNUSABLE: ReadonlySet<number> = new Set([3, 8, 10, 11, 13, 14, 26]);

/** Only the emulator has a database; a wrong statement in it stays an internal error. */
function emulatorUnusable(error: Error): ExpectedError | undefined {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (code !== "ERR_SQLITE_ERROR" || typeof errcode !== "number") return undefined;
  if (!DATABASE_UNUSABLE.has(errcode & 0xff)) return undefined;
  return new ExpectedError(
    "emulator-unusable",
    `The emulator's database in .tenantry/emulator cannot be used: ${error.message}.`,
    {
      hint: "Check your rights and the disk; when it is damaged, remove that folder, and the practice tenants with it.",
      cause: error,
    },
  );
}
