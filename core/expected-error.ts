/** Two kinds of failure: expected ones carry a code, a sentence and a remedy; anything else is an internal error. */
import { getSystemErrorMessage } from "node:util";
import type { ErrorCode } from "./error-codes.ts";
import { sentenceIn } from "./language.ts";
import type { Sentence } from "./language.ts";

/**
 * What people can do about a failure, and what each action needs to know. Data, so that a surface words it: a
 * command line in a terminal, a button on a page.
 */
export interface Actions {
  readonly plan: { readonly tenant: string; readonly refresh?: boolean; readonly new?: boolean };
  readonly pull: { readonly tenant: string };
  readonly show: { readonly tenant: string };
  readonly approve: { readonly tenant: string; readonly as?: string; readonly digest?: string };
  readonly apply: { readonly tenant: string; readonly author?: string };
  readonly status: { readonly tenant: string };
  readonly order: { readonly tenant: string };
  readonly dns: { readonly tenant: string };
  readonly log: { readonly tenant: string; readonly verify?: boolean };
  readonly unlock: { readonly tenant: string };
  readonly acknowledge: { readonly tenant: string };
  readonly "migration-status": { readonly tenant: string };
  readonly "migration-despite": { readonly tenant: string; readonly step: string };
  readonly "migration-sign": { readonly tenant: string; readonly what?: string };
  readonly register: { readonly tenant: string; readonly step?: "sign" };
  readonly "show-key": Record<string, never>;
  readonly setup: Record<string, never>;
  readonly doctor: Record<string, never>;
}
export type Action = keyof Actions;

/** Keys stand in the hint in braces: `Create one with {plan}.` */
export type Remedy = { readonly [A in Action]?: Actions[A] };

interface More {
  /** What to do next, one or two sentences. Each action of the remedy appears in it as `{action}`. */
  readonly hint: Sentence;
  readonly remedy?: Remedy;
  /** Lines that belong to the failure, such as each problem of a file. */
  readonly details?: readonly Sentence[];
  readonly cause?: unknown;
}

/** Something that can go wrong without anybody's fault in this code. Which language is shown is up to the surface. */
export class ExpectedError extends Error {
  override readonly name = "ExpectedError";
  readonly code: ErrorCode;
  /** What went wrong; `message`, for logs, is its English. */
  readonly sentence: Sentence;
  readonly hint: Sentence;
  readonly remedy: Remedy;
  readonly details: readonly Sentence[];

  constructor(code: ErrorCode, sentence: Sentence, more: More) {
    super(sentenceIn(sentence, "en"), { cause: more.cause });
    this.code = code;
    this.sentence = sentence;
    this.hint = more.hint;
    this.remedy = more.remedy ?? {};
    this.details = more.details ?? [];
  }
}

export interface Failure {
  /** An `ErrorCode`, or one of the emulator's. */
  readonly code: string;
  readonly message: Sentence;
  readonly hint: Sentence;
  readonly remedy: Remedy;
  readonly details: readonly Sentence[];
}

/**
 * The failure to show for an error, or undefined when it is internal. The emulator and set-up import nothing of
 * ours and have error classes of their own; an expected one is known by its `code` and `hint`.
 */
export function expectedFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const told = fileUnusable(error) ?? emulatorUnusable(error) ?? error;
  if (told instanceof ExpectedError) {
    const { code, sentence: message, hint, remedy, details } = told;
    return { code, message, hint, remedy, details };
  }
  const { code, hint, details } = told as { code?: unknown; hint?: unknown; details?: unknown };
  if (typeof code !== "string" || typeof hint !== "string") return undefined;
  return {
    ...{ code, hint, message: told.message, remedy: {} },
    details: Array.isArray(details) ? details.map(String) : [],
  };
}

/** What a failure says in English, to stand within a sentence: without a full stop. */
export const reasonIn = ({ message }: Pick<Failure, "message">): string =>
  sentenceIn(message, "en").replace(/\.$/, "");

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
      hint: "Check your rights and the disk; if it is damaged, delete that folder; this deletes the practice tenants too.",
      cause: error,
    },
  );
}
