/** What a tenant has, what is left as it is and why, what nobody looked at, and what is odd. */
import type { ImportedTenant } from "../../operations/index.ts";

/** How many names a line shows; `--json` has all. */
const MOST_NAMED = 5;

const named = (names: readonly string[]): string =>
  names.length <= MOST_NAMED
    ? names.join(", ")
    : `${names.slice(0, MOST_NAMED).join(", ")} and ${names.length - MOST_NAMED} more`;

const shown = ({ name, detail }: ImportedTenant["findings"][number]["objects"][number]): string =>
  detail === undefined ? name : `${name}: ${detail.en}`;

export function inventoryLines({
  counts,
  left,
  notRead,
  findings,
}: Pick<ImportedTenant, "counts" | "left" | "notRead" | "findings">): string[] {
  const reasons = Map.groupBy(left, ({ kind, reason }) => `${kind}: ${reason}`);
  return [
    ...Object.entries(counts).map(([noun, { found, managed }]) => {
      return `${noun}: ${found} found, ${managed} can be managed, ${found - managed} left as they are`;
    }),
    ...[...reasons].map(
      ([reason, group]) => `  ${group.length} × ${reason} (${named(group.map((one) => one.name))})`,
    ),
    ...notRead.map(({ part, reason }) => `${part}: nobody looked: ${reason}`),
    ...(findings.length === 0 ? [] : ["", "Found:"]),
    ...findings.flatMap(({ found, fix, objects }) => [
      `  ${found}${objects.length === 0 ? "" : ` (${named(objects.map(shown))})`}`,
      `    ${fix}`,
    ]),
  ];
}
