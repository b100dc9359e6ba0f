/**
 * The state in one file of the workspace. `node:sqlite` blocks its thread, so the database lives in a worker: neither
 * gRPC nor the renewal of a lease waits for a disk, and a program that is busy keeps no transaction open.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Access } from "./port.ts";
import { CLOSE, OPENED } from "./sqlite-messages.ts";
import type { Answer, Request, WorkerOptions } from "./sqlite-messages.ts";
import type { Order, StateDatabase } from "./works.ts";

interface Pending {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** As TypeScript in tests, as JavaScript once built. */
const workerFile = new URL(
  `./sqlite-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`,
  import.meta.url,
);

/** @throws ExpectedError when the file cannot be used */
export async function openSqlite(file: string, access: Access): Promise<StateDatabase> {
  const worker = new Worker(workerFile, {
    workerData: { file, access } satisfies WorkerOptions,
    // Of the options of this process, those of tests and debuggers mean nothing there.
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const thread = new DatabaseThread(worker);
  try {
    await thread.answered(OPENED);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    run: (name, input) => thread.carryOut({ name, input }) as never,
    close: () => thread.close(),
  };
}

class DatabaseThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #count = OPENED;
  #isClosing = false;
  /** Why nothing is answered any more. */
  #ended: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (answer: Answer) => {
      this.#settle(answer);
    });
    worker.on("error", (error: Error) => {
      this.#end(error);
    });
    worker.on("exit", () => {
      this.#end(new Error("The state's database was closed"));
    });
  }

  carryOut(order: Order): Promise<unknown> {
    this.#count += 1;
    const id = this.#count;
    const answered = this.answered(id);
    this.#worker.postMessage({ id, ...order } satisfies Request);
    return answered;
  }

  /** Keeps the process alive as long as an answer is waited for, and no longer. */
  async answered(id: number): Promise<unknown> {
    if (this.#ended !== undefined) throw this.#ended;
    this.#worker.ref();
    return await new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#isClosing = true;
    this.#worker.ref();
    const ended = once(this.#worker, "exit");
    this.#worker.postMessage(CLOSE);
    await ended;
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const id of [...this.#pending.keys()]) this.#settle({ id, error });
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (this.#pending.size === 0 && !this.#isClosing) this.#worker.unref();
    if ("expected" in answer) {
      const { code, message, ...more } = answer.expected;
      pending?.reject(new ExpectedError(code, message, more));
    } else if ("error" in answer) pending?.reject(answer.error);
    else pending?.resolve(answer.output);
  }
}
