/**
 * People and groups that a directory on premises masters: what it has is never written from here, and who is blocked
 * only here can sign in again after the next synchronisation.
 */
import { nounOf } from "../../core/nouns.ts";
import { MANAGED_HERE } from "../../core/on-premises.ts";
import type { Change, Finding, Plan, Start } from "../model/model.ts";
import { bySafeguard, isListed } from "./remove-entries.ts";

const NAMES: ReadonlySet<string> = new Set(
  Object.values(MANAGED_HERE).flatMap(({ naming }) => naming),
);

const BY_SECTION = new Map(Object.entries(MANAGED_HERE));

/** Names of those who come from there: with `source: on-premises` in the tenant file, and as they were applied last. */
interface OnPremises {
  readonly declared: readonly string[];
  readonly applied: readonly string[];
}

export const onPremisesFindings = (
  changes: readonly Change[],
  { declared, applied }: OnPremises,
): Finding[] =>
  changes.flatMap((change) => {
    const managed = BY_SECTION.get(nounOf(change.type)?.listedIn ?? "");
    if (managed === undefined) return [];
    if (isListed(change, declared)) return [...mastered(change, managed), ...blockedHere(change)];
    return change.operation === "delete" && isListed(change, applied) ? [removedHere(change)] : [];
  });

/**
 * A name may be taken over from there, where the service has it already: nothing is written then, and it refuses
 * otherwise. Everything else stops the plan.
 */
function mastered(
  change: Change,
  { naming, here }: { readonly naming: readonly string[]; readonly here: readonly string[] },
): Finding[] {
  const { operation, properties, name } = change;
  const written = properties
    .filter(({ path, kind }) => kind !== "released" && !here.includes(path))
    .map(({ path }) => path);
  if (operation === "adopt" || (operation === "update" && written.length === 0)) return [];
  const isNew = operation === "create";
  const isName = operation === "update" && written.every((path) => naming.includes(path));
  return [
    {
      ...bySafeguard("mastered-on-premises", [change]),
      message: isNew
        ? {
            nl: `${name} komt uit de directory op locatie en is er hier nog niet`,
            en: `${name} comes from the directory on premises and is not here yet`,
          }
        : {
            nl: `${name} komt uit de directory op locatie, die dit bepaalt: ${written.join(", ")}`,
            en: `${name} comes from the directory on premises, which masters this: ${written.join(", ")}`,
          },
      clearedBy: isName ? "none-needed" : "nothing",
    },
  ];
}

/** Who is deleted only here is made again by the next synchronisation, without licences and with an empty mailbox. */
const removedHere = (change: Change): Finding => ({
  ...bySafeguard("remove-there", [change]),
  message: {
    nl: `${change.name} komt uit de directory op locatie en wordt daar verwijderd, niet hier`,
    en: `${change.name} comes from the directory on premises, and is removed there, not here`,
  },
  clearedBy: "declaration",
});

/**
 * What is compared before the first write: a name that is taken over has to be in the tenant by then. Where it is not,
 * the service would refuse it in the middle.
 */
export const takenOverNames = ({
  changes,
  findings,
}: Pick<Plan, "changes" | "findings">): Start[] => {
  const isMastered = new Set(
    findings.flatMap(({ code, urns }) => (code === "mastered-on-premises" ? urns : [])),
  );
  return changes.map((change) => {
    if (!isMastered.has(change.urn)) return change;
    const properties = change.properties.map((property) =>
      NAMES.has(property.path) && property.after !== undefined
        ? { ...property, before: property.after }
        : property,
    );
    return { ...change, properties };
  });
};

function blockedHere(change: Change): Finding[] {
  const isBlocked = change.properties.some(
    ({ path, after }) => path === "accountEnabled" && after === false,
  );
  if (!isBlocked) return [];
  const { name } = change;
  return [
    {
      ...bySafeguard("block-there-too", [change]),
      message: {
        nl: `${name} moet ook in de directory op locatie worden geblokkeerd: anders kan de volgende synchronisatie dit ongedaan maken`,
        en: `${name} has to be blocked in the directory on premises too: otherwise the next synchronisation can undo this`,
      },
      clearedBy: "none-needed",
    },
  ];
}
