import type { Failure } from "../../core/expected-error.ts";
import type { Sentence } from "../../core/language.ts";
import type { OperationContext } from "../ports.ts";

/** Where the files of a commit lie for the moment is nothing to anybody. */
export function asInRepository(
  { workspace: { stacksDirectory } }: Pick<OperationContext, "workspace">,
  failure: Failure,
): Failure {
  const inText = (text: string): string => text.replaceAll(stacksDirectory, "stacks");
  const named = (sentence: Sentence): Sentence =>
    typeof sentence === "string"
      ? inText(sentence)
      : { nl: inText(sentence.nl), en: inText(sentence.en) };
  const { message, hint, details } = failure;
  return { ...failure, message: named(message), hint: named(hint), details: details.map(named) };
}
