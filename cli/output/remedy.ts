/** What to do about a failure, in the words of a terminal: each action is a command line. */
import type { Action, Actions, Failure, Remedy } from "../../core/expected-error.ts";
import { sentenceIn } from "../../core/language.ts";
import type { Sentence } from "../../core/language.ts";

const option = (name: string, value: string | undefined): string =>
  value === undefined ? "" : ` --${name} ${value}`;
const flag = (name: string, isSet: boolean | undefined): string =>
  isSet === true ? ` --${name}` : "";

const LINES: { readonly [A in Action]: (given: Actions[A]) => string } = {
  plan: ({ tenant, refresh, new: isNew }) =>
    `tenantry plan ${tenant}${flag("refresh", refresh)}${flag("new", isNew)}`,
  pull: ({ tenant }) => `tenantry pull ${tenant}`,
  show: ({ tenant }) => `tenantry show ${tenant}`,
  approve: ({ tenant, as, digest }) =>
    `tenantry approve ${tenant}${option("as", as)}${option("digest", digest)}`,
  apply: ({ tenant, author }) => `tenantry apply ${tenant}${option("author", author)}`,
  status: ({ tenant }) => `tenantry status ${tenant}`,
  order: ({ tenant }) => `tenantry order ${tenant}`,
  dns: ({ tenant }) => `tenantry dns ${tenant}`,
  log: ({ tenant, verify }) => `tenantry log ${tenant}${flag("verify", verify)}`,
  unlock: ({ tenant }) => `tenantry unlock ${tenant} --reason "…"`,
  acknowledge: ({ tenant }) => `tenantry acknowledge ${tenant} --reason "…"`,
  "migration-status": ({ tenant }) => `tenantry migration status ${tenant}`,
  "migration-sign": ({ tenant, what = "<what>" }) =>
    `tenantry migration sign ${tenant} --what ${what}`,
  "migration-despite": ({ tenant, step }) =>
    `tenantry migration run ${tenant} --done ${step} --despite "…"`,
  register: ({ tenant, step }) =>
    `tenantry register ${tenant}${step === "sign" ? " --sign <file> --as <email>" : ""}`,
  "show-key": () => "tenantry keys show <email>",
  setup: () => "npm run setup",
  doctor: () => "tenantry doctor",
};

const lineOf = <A extends Action>(action: A, given: Actions[A]): string => LINES[action](given);

/** A failure in one language, as it is printed and given as JSON. */
export interface WordedFailure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly remedy: Remedy;
  readonly details: readonly string[];
}

const inEnglish = (sentence: Sentence): string => sentenceIn(sentence, "en");

/** In English, with a command line in the hint for each action; actions that the hint does not name are left out. */
export function wordedFailure({ code, message, hint, remedy, details }: Failure): WordedFailure {
  const words = inEnglish(hint);
  const named = Object.entries(remedy).filter(([action]) => words.includes(`{${action}}`));
  return {
    code,
    message: inEnglish(message),
    hint: named.reduce(
      (text, [action, given]) =>
        text.replaceAll(`{${action}}`, `\`${lineOf(action as Action, given as never)}\``),
      words,
    ),
    remedy: Object.fromEntries(named),
    details: details.map(inEnglish),
  };
}

/** What was found of one of several, with why it failed in words; without the key where it did not. */
export const withWordedFailure = ({
  failure,
  ...rest
}: {
  readonly failure: Failure | undefined;
}): object => ({
  ...rest,
  ...(failure === undefined ? {} : { failure: wordedFailure(failure) }),
});
