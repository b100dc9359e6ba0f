/** What to do about a failure, in the words of a terminal: each action is a command line. */
import type { Action, Actions, Failure } from "../../core/expected-error.ts";

const option = (name: string, value: string | undefined): string =>
  value === undefined ? "" : ` --${name} ${value}`;
const flag = (name: string, isSet: boolean | undefined): string =>
  isSet === true ? ` --${name}` : "";

const LINES: { readonly [A in Action]: (given: Actions[A]) => string } = {
  plan: ({ tenant, refresh, new: isNew }) =>
    `tenantry plan ${tenant}${flag("refresh", refresh)}${flag("new", isNew)}`,
  show: ({ tenant }) => `tenantry show ${tenant}`,
  approve: ({ tenant, as }) => `tenantry approve ${tenant}${option("as", as)}`,
  apply: ({ tenant, author }) => `tenantry apply ${tenant}${option("author", author)}`,
  status: ({ tenant }) => `tenantry status ${tenant}`,
  log: ({ tenant, verify }) => `tenantry log ${tenant}${flag("verify", verify)}`,
  unlock: ({ tenant }) => `tenantry unlock ${tenant} --reason "…"`,
  register: ({ tenant, step }) =>
    `tenantry register ${tenant}${step === "sign" ? " --sign <file> --as <email>" : ""}`,
  "show-key": () => "tenantry keys show <email>",
  setup: () => "npm run setup",
  doctor: () => "tenantry doctor",
};

const lineOf = <A extends Action>(action: A, given: Actions[A]): string => LINES[action](given);

/** With a command line in the hint for each action; actions that it does not name say nothing about what to do. */
export function wordedFailure(failure: Failure): Failure {
  const named = Object.entries(failure.remedy).filter(([action]) =>
    failure.hint.includes(`{${action}}`),
  );
  const hint = named.reduce(
    (text, [action, given]) =>
      text.replaceAll(`{${action}}`, `\`${lineOf(action as Action, given as never)}\``),
    failure.hint,
  );
  return { ...failure, hint, remedy: Object.fromEntries(named) };
}
