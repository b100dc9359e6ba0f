/** The inverse of mailbox-rights.ts of the program: who may use a mailbox, as keys of an entry. */
import type { InventoriedMailbox } from "../../provider/index.ts";

/**
 * A list with somebody whom the file cannot name is left alone as a whole: without them it would take theirs away.
 * @param names user principal names that the file can say
 */
export function rightsIn(
  { rights, calendar = [] }: Pick<InventoriedMailbox, "rights" | "calendar">,
  names: ReadonlySet<string>,
): { readonly lists: Readonly<Record<string, unknown>>; readonly left: readonly string[] } {
  const all = [
    ...Object.entries(rights ?? {}).map(
      ([kind, holders]) => [kind, holders.map((user) => ({ user }))] as const,
    ),
    ["calendar", calendar.map(({ userPrincipalName: user, ...rest }) => ({ user, ...rest }))],
  ] as const;
  const kinds = all.filter(([, holders]) => holders.length > 0);
  const lists = kinds.filter(([, holders]) => holders.every(({ user }) => names.has(user)));
  return {
    lists: Object.fromEntries(lists),
    left: kinds.filter((kind) => !lists.includes(kind)).map(([kind]) => kind),
  };
}
