/** From a few people, one by one, to a whole company. */
import type { Company } from "../company.ts";
import type { ClientResult, Cost, Kind } from "./protocol.ts";
import { KINDS } from "./protocol.ts";

/** Each kind grows with what causes its requests: resources, and when memberships are made their members. */
export function extrapolated(
  sample: Required<Pick<ClientResult, "byKind">>,
  companies: { readonly from: Company; readonly to: Company },
  what: "apply" | "read",
): Pick<Cost, "requests" | "seconds"> {
  const parts = KINDS.map((kind) => {
    const factor = units(companies.to, kind, what) / units(companies.from, kind, what);
    const { requests, seconds } = sample.byKind[kind][what];
    return { requests: requests * factor, seconds: seconds * factor };
  });
  return {
    requests: Math.round(parts.reduce((sum, { requests }) => sum + requests, 0)),
    seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

function units({ people, groups }: Company, kind: Kind, what: "apply" | "read"): number {
  switch (kind) {
    case "subscription":
      return 1;
    case "users":
    case "licenses":
      return people.length;
    case "groups":
      return groups.length;
    case "memberships":
      return what === "read"
        ? groups.length
        : groups.reduce((sum, { members }) => sum + members.length, 0);
  }
}
