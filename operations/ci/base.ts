/** The branch that changes are merged into, and whether what runs here is of it. */
import { ExpectedError } from "../../core/expected-error.ts";
import type { OperationContext } from "../ports.ts";

export interface Base {
  /** The commit that is checked out: its program, settings and trust roots are those that count. */
  readonly checkedOut: string;
  /** Newest commit of the branch. */
  readonly head: string;
}

/**
 * @param branch of the remote; undefined: its default branch
 * @throws ExpectedError `no-repository`, `revision-unknown`; `not-merged` where something else is checked out, such as
 * the branch of a pull request, whose program and settings would run then
 */
export async function baseOf(
  { revisions }: Pick<OperationContext, "revisions">,
  branch: string | undefined,
): Promise<Base> {
  const [checkedOut, head] = [await revisions.checkedOut(), await revisions.branch(branch)];
  if (await revisions.isIn(checkedOut, head)) return { checkedOut, head };
  throw new ExpectedError(
    "not-merged",
    `The commit that is checked out, ${checkedOut}, is not in ${branch ?? "the default branch"}.`,
    {
      hint: "Check out the branch that changes are merged into; a pull request is named as its head, and only read.",
    },
  );
}
