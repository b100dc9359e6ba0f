import type { UnmanagedKind } from "../../operations/index.ts";
import { cutNames } from "./cut-names.ts";

const COUNTED: Readonly<Record<UnmanagedKind["kind"], (count: number) => string>> = {
  people: (count) => (count === 1 ? "1 person" : `${count} people`),
  guests: (count) => (count === 1 ? "1 guest" : `${count} guests`),
  groups: (count) => (count === 1 ? "1 group" : `${count} groups`),
};

/** What the tenant has that nobody manages from here, one line a kind; none where there is nothing. */
export function unmanagedLines(unmanaged: readonly UnmanagedKind[]): string[] {
  if (unmanaged.length === 0) return [];
  const hasNames = unmanaged.some(({ objects }) => objects !== undefined);
  return [
    "In the tenant, and not managed from here:",
    ...unmanaged.map((one) => `  ${COUNTED[one.kind](one.count)}${namesOf(one)}`),
    ...(hasNames
      ? [
          "Take them over with `tenantry adopt`, name them under `unmanaged`, or look at who made them.",
        ]
      : []),
  ];
}

function namesOf({ section, objects }: UnmanagedKind): string {
  if (objects === undefined) return ` (the tenant file has no \`${section}\`)`;
  const named = objects.map(({ name, address }) =>
    address === undefined ? name : `${name} (${address})`,
  );
  return `: ${cutNames(named)}`;
}
