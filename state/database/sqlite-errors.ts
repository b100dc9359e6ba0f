/** What SQLite and the file system refuse, as expected failures. Source: sqlite.org/rescode.html (checked 2026-11-26). */
import { getSystemErrorMessage } from "node:util";
import { StateError } from "../errors.ts";
import type { StateErrorCode } from "../errors.ts";

interface Told {
  readonly code: StateErrorCode;
  readonly message: string;
  readonly hint: string;
}

const UNUSABLE = {
  code: "state-unusable",
  message: "The state's database cannot be used",
  hint: "Check that the path is right, that you may read and write there, and that the disk is sound; restore a backup when it is damaged.",
} as const satisfies Told;

const READ_ONLY = {
  code: "state-read-only",
  message: "The state's database lies on storage that can only be read",
  hint: "Run the command where the workspace can be written; `status` and `log` only read.",
} as const satisfies Told;

const FULL = {
  code: "state-full",
  message: "The disk under the state's database is full",
  hint: "Make room, then run the command again; what was stored before is kept.",
} as const satisfies Told;

/** By primary result code. */
const FAILURES: ReadonlyMap<number, Told> = new Map<number, Told>([
  [3, UNUSABLE],
  [
    5,
    {
      code: "state-busy",
      message: "Another process has held the state's database for too long",
      hint: "Wait until it has ended, then run the command again; nothing was changed.",
    },
  ],
  [8, READ_ONLY],
  [10, UNUSABLE],
  [11, { ...UNUSABLE, message: "The state's database is damaged" }],
  [13, FULL],
  [14, UNUSABLE],
  [26, { ...UNUSABLE, message: "The file is not a database" }],
]);

const OF_FILES: Readonly<Partial<Record<string, Told>>> = { EROFS: READ_ONLY, ENOSPC: FULL };

const BUSY = 5;

export const isBusy = (error: unknown): boolean => resultCode(error) === BUSY;

/** The failure that stands behind an error, or the error itself when it is our bug. */
export function stateErrorOf(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error;
  const told = FAILURES.get(resultCode(error) ?? -1);
  if (told !== undefined) {
    return new StateError({ ...told, message: `${told.message}: ${file}.`, cause: error });
  }
  const { errno, path, code = "" } = error as NodeJS.ErrnoException;
  if (errno === undefined || path === undefined) return error;
  const refused = OF_FILES[code] ?? UNUSABLE;
  const message = `${refused.message}: ${path}, ${getSystemErrorMessage(errno)}.`;
  return new StateError({ ...refused, message, cause: error });
}

function resultCode(error: unknown): number | undefined {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  return code === "ERR_SQLITE_ERROR" && typeof errcode === "number" ? errcode & 0xff : undefined;
}
