/**
 * Work that is asked for again after its answer was lost on the way: a second time it is not done, but answered as the
 * first time. The answer is kept in the transaction that it tells of.
 */
import { deserialize, serialize } from "node:v8";
import { bytes } from "../database/row.ts";
import type { Queries, Work } from "../database/port.ts";

/** Longer than anybody goes on asking. */
const KEPT_MS = 3_600_000;

interface Asked {
  /** Chosen by who asks, the same for each attempt; another caller's never is. */
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

type Works = Readonly<Record<string, Work<never, unknown>>>;

const answerOnce =
  (works: Works) =>
  async (queries: Queries, { id, name, input }: Asked): Promise<unknown> => {
    const [row] = await queries.all("SELECT content FROM answers WHERE id = ?", id);
    if (row !== undefined) return deserialize(bytes(row, "content")) as unknown;
    const work = works[name];
    if (work === undefined) throw new TypeError(`No work of this name: ${name}`);
    const output = await work.run(queries, input as never);
    await queries.run(
      "INSERT INTO answers (id, content, stored) VALUES (?, ?, ?)",
      ...[id, new Uint8Array(serialize(output)), await queries.now()],
    );
    return output;
  };

async function forgetAnswers(queries: Queries): Promise<void> {
  await queries.run("DELETE FROM answers WHERE stored < ?", (await queries.now()) - KEPT_MS);
}

export const onceWork = (works: Works) =>
  ({
    answerOnce: { access: "write", run: answerOnce(works) },
    forgetAnswers: { access: "write", run: forgetAnswers },
  }) satisfies Record<string, Work<never, unknown>>;
