/** The thread that waits for the disk, so that the rest of the command does not have to. */
import { parentPort, workerData } from "node:worker_threads";
import { ExpectedError } from "../../core/expected-error.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { CLOSE, OPENED } from "./sqlite-messages.ts";
import type { Answer, Request, WorkerOptions } from "./sqlite-messages.ts";
import { workOf } from "./works.ts";

const failed = (id: number, error: unknown): Answer =>
  error instanceof ExpectedError
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
