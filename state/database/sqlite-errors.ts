/** What SQLite and the file system refuse, as expected failures. Source: sqlite.org/rescode.html (checked 2026-11-26). */
import { getSystemErrorMessage } from "node:util";
import { ExpectedError } from "../../core/expected-error.ts";

/** @param at the file, with what the system says of it */
type Told = (at: string, cause: Error) => ExpectedError;

const unusable =
  (sentence: string): Told =>
  (at, cause) =>
    new ExpectedError("state-unusable", `${sentence}: ${at}.`, {
      hint: "Check that the path is right, that you may read and write there, and that the disk is healthy; if the database is damaged, restore a backup.",
      cause,
    });

const UNUSABLE = unusable("The state's database cannot be used");

const readOnly: Told = (at, cause) =>
  new ExpectedError("state-read-only", `The state's database is on read-only storage: ${at}.`, {
    hint: "Run the command where the workspace is writable; `status`, `log` and `show` only read.",
    cause,
  });

const full: Told = (at, cause) =>
  new ExpectedError("state-full", `The disk under the state's database is full: ${at}.`, {
    hint: "Free up disk space, then run the command again; what was stored before is kept.",
    cause,
  });

const busy: Told = (at, cause) =>
  new ExpectedError(
    "state-busy",
    `Another process has held the state's database for too long: ${at}.`,
    { hint: "Wait until it has ended, then run the command again; nothing was changed.", cause },
  );

/** By primary result code. */
const FAILURES: ReadonlyMap<number, Told> = new Map<number, Told>([
  [3, UNUSABLE],
  [5, busy],
  [8, readOnly],
  [10, UNUSABLE],
  [11, unusable("The state's database is damaged")],
  [13, full],
  [14, UNUSABLE],
  [26, unusable("The file is not a database")],
]);

/** By extended result code, where the primary one says less. IOERR_SHMSIZE: no room for what WAL shares beside the file. */
const IN_PARTICULAR: ReadonlyMap<number, Told> = new Map([[10 | (19 << 8), full]]);

const OF_FILES: Readonly<Partial<Record<string, Told>>> = {
  EROFS: readOnly,
  EACCES: readOnly,
  ENOSPC: full,
  EDQUOT: full,
};

const BUSY = 5;

export const isBusy = (error: unknown): boolean => primary(resultCode(error)) === BUSY;

/** The failure that stands behind an error, or the error itself when it is our bug. */
export function stateErrorOf(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error;
  const result = resultCode(error);
  const told = IN_PARTICULAR.get(result) ?? FAILURES.get(primary(result));
  if (told !== undefined) return told(file, error);
  const { errno, path, code = "" } = error as NodeJS.ErrnoException;
  if (errno === undefined || path === undefined) return error;
  return (OF_FILES[code] ?? UNUSABLE)(`${path}, ${getSystemErrorMessage(errno)}`, error);
}

const primary = (result: number): number => result & 0xff;

/** SQLite's extended result code; 0, which is no failure, for what is not its error. */
function resultCode(error: unknown): number {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  return code === "ERR_SQLITE_ERROR" && typeof errcode === "number" ? errcode : 0;
}
