import { isolated } from "../../core/visible-text.ts";
import { cutNames } from "./cut-names.ts";
import type { Status } from "../../operations/index.ts";

/** Who has access to a site by themselves, one line a site or library; none where the file knows them all. */
export function individualLines(individuals: Status["individuals"]): string[] {
  if (individuals.length === 0) return [];
  const places = Map.groupBy(individuals, ({ url, library }) =>
    [new URL(url).pathname, ...(library === undefined ? [] : [`library ${library}`])].join(", "),
  );
  return [
    "People who have access by themselves, which the tenant file does not say:",
    ...[...places].map(([place, people]) => `  ${isolated(place)}: ${namesOf(people)}`),
    "Give it through a group, add them to `permissions`, or take it away in SharePoint.",
  ];
}

const namesOf = (people: Status["individuals"]): string =>
  cutNames(
    people.map(({ userPrincipalName, role }) => `${userPrincipalName} (${role ?? "several"})`),
  );
