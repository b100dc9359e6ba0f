/** What to do about a failure, in the words of a terminal: each action is a command line. */
import type { Action, Actions, Failure, Remedy } from "../../core/expected-error.ts";

const COMMANDS: { readonly [A in Action]: (given: Actions[A]) => readonly string[] } = {
  plan: ({ tenant, refresh, new: isNew }) => [
    "plan",
    tenant,
    ...(refresh === true ? ["--refresh"] : []),
    ...(isNew === true ? ["--new"] : []),
  ],
  show: ({ tenant }) => ["show", tenant],
  approve: ({ tenant, as }) => ["approve", tenant, ...(as === undefined ? [] : ["--as", as])],
  apply: ({ tenant }) => ["apply", tenant],
  status: ({ tenant }) => ["status", tenant],
  log: ({ tenant, verify }) => ["log", tenant, ...(verify === true ? ["--verify"] : [])],
  unlock: ({ tenant, reason }) => [
    "unlock",
    tenant,
    ...(reason === undefined ? [] : ["--reason", `"${reason}"`]),
  ],
  register: ({ tenant }) => ["register", tenant],
  "show-key": ({ email }) => ["keys", "show", email ?? "<email>"],
  setup: () => [],
  doctor: () => ["doctor"],
};

const lineOf = <A extends Action>(action: A, given: Actions[A]): string =>
  action === "setup" ? "npm run setup" : ["tenantry", ...COMMANDS[action](given)].join(" ");

/** The text with a command line in the place of each action. */
function worded(hint: string, remedy: Remedy): string {
  const lines = new Map(
    Object.entries(remedy).map(([action, given]) => [
      action,
      lineOf(action as Action, given as never),
    ]),
  );
  return hint.replaceAll(/\{([a-z-]+)\}/g, (all, action: string) => {
    const line = lines.get(action);
    return line === undefined ? all : `\`${line}\``;
  });
}

/** With only the actions that the hint names: others say nothing about what to do. */
export function wordedFailure(failure: Failure): Failure {
  const { hint, remedy } = failure;
  const named = Object.entries(remedy).filter(([action]) => hint.includes(`{${action}}`));
  return { ...failure, hint: worded(hint, remedy), remedy: Object.fromEntries(named) };
}
