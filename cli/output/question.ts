/** A question before something is signed, where somebody is there to answer it. */
import { createInterface } from "node:readline/promises";
import { interrupted } from "../../core/interruption.ts";

export interface Conversation {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly signal: AbortSignal;
}

/** True for a yes, and where nobody can answer: a script has said what it wants with its arguments. */
export async function confirmed(
  { input, output, signal }: Conversation,
  question: string,
): Promise<boolean> {
  if (input.isTTY !== true || output.isTTY !== true) return true;
  const lines = createInterface({ input, output });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (cause) {
    if (signal.aborted) throw interrupted({ cause });
    throw cause;
  } finally {
    lines.close();
  }
}
