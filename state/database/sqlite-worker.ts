/** The thread that waits for the disk, so that the rest of the command does not have to. */
import { parentPort, workerData } from "node:worker_threads";
import { StateError } from "../errors.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import type { Access } from "./sqlite-connection.ts";
import { workOf } from "./works.ts";
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

type ExpectedFailure = Pick<StateError, "code" | "message" | "hint" | "cause">;

/** Id of the answer that says whether the database could be opened. */
export const OPENED = 0;

const failed = (id: number, error: unknown): Answer =>
  error instanceof StateError
    ? {
        id,
        expected: {
          code: error.code,
          message: error.message,
          hint: error.hint,
          cause: error.cause,
        },
      }
    : { id, error };

function serve(port: NonNullable<typeof parentPort>, { file, access }: WorkerOptions): void {
  const answer = (told: Answer): void => {
    port.postMessage(told);
  };
  let connection: SqliteConnection;
  try {
    connection = new SqliteConnection(file, access);
  } catch (error) {
    answer(failed(OPENED, error));
    return;
  }
  answer({ id: OPENED, output: undefined });
  let last = Promise.resolve();
  port.on("message", (request: Request | typeof CLOSE) => {
    last = last.then(async () => {
      if (request === CLOSE) {
        connection.close();
        port.close();
        return;
      }
      const { id } = request;
      try {
        answer({ id, output: await connection.transaction(workOf(request), request.input) });
      } catch (error) {
        answer(failed(id, error));
      }
    });
  });
}

if (parentPort !== null) serve(parentPort, workerData as WorkerOptions);
