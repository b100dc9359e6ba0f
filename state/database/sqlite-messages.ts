/** What a command and the thread of its database say to each other. */
import type { ExpectedError } from "../../core/expected-error.ts";
import type { Access } from "./port.ts";
import type { Order } from "./works.ts";

export interface WorkerOptions {
  readonly file: string;
  readonly access: Access;
}

/** Ends the thread once everything before it is done. */
export const CLOSE = "close";

export interface Request extends Order {
  readonly id: number;
}

/** Errors lose their class on the way; `expected` carries one that has to keep it. */
export type Answer =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly expected: ExpectedFailure }
  | { readonly id: number; readonly error: unknown };

type ExpectedFailure = Pick<ExpectedError, "code" | "message" | "hint" | "cause">;

/** Id of the answer that says whether the database could be opened. */
export const OPENED = 0;
