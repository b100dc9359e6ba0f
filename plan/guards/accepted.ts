/** What a plan may not accept, and what it cannot change as long as something is accepted. */
import { statePlaceOf } from "../../core/accepted.ts";
import type { Accepted } from "../../core/accepted.ts";
import { isJsonObject } from "../../core/json.ts";
import { keyOfUrn, resourceKey } from "../../core/urn.ts";
import type { Change, Finding, Plan, PropertyChange } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";
import { acceptedChanges, rulesInForce } from "./rules.ts";

export const acceptedFindings = (rules: Plan["rules"], changes: readonly Change[]): Finding[] => [
  ...ofProtected(rules),
  ...(rules.proposed.accepted ?? []).flatMap((entry) => changesOf(entry, changes)),
];

/** The tenant file refuses what it protects itself; here also what was protected until now. */
function ofProtected(rules: Plan["rules"]): Finding[] {
  const { emergencyAccounts, globalAdministrators } = rulesInForce(rules);
  const never = new Set([...emergencyAccounts, ...globalAdministrators.flat()]);
  return acceptedChanges(rules)
    .added.filter(({ kind, name }) => kind === "user" && never.has(name))
    .map(({ name }) => ({
      ...bySafeguard("protected-accepted", []),
      message: {
        nl: `${name} is een noodaccount of globale beheerder; daarvan wordt geen afwijking geaccepteerd`,
        en: `${name} is an emergency account or a Global Administrator, of which no deviation is accepted`,
      },
      clearedBy: "nothing",
    }));
}

/** Such a change starts from what was applied, and would find the deviation. Putting back another value is none. */
function changesOf(entry: Accepted, changes: readonly Change[]): Finding[] {
  const { types, name, path } = statePlaceOf(entry);
  return changes
    .filter(
      ({ urn, properties, byHand = [] }) =>
        types.some((type) => keyOfUrn(urn) === resourceKey(type, name)) &&
        !byHand.includes(path) &&
        properties.some((property) => property.path === path && concerns(property, entry)),
    )
    .map((change) => ({
      ...bySafeguard("accepted-changed", [change]),
      message: {
        nl: `“${entry.property}” van ${entry.name} verandert, terwijl daarvan ook een afwijking is geaccepteerd`,
        en: `“${entry.property}” of ${entry.name} changes, although a deviation of it is accepted as well`,
      },
      clearedBy: "declaration",
    }));
}

/** Of a list other elements may change; one that comes is not accepted as missing, nor a right as another one. */
function concerns(
  { elements = [] }: PropertyChange,
  { value, extra, missing, id, role }: Accepted,
): boolean {
  if (value !== undefined) return true;
  if (extra !== undefined && role === undefined) return false;
  const comes = elements
    .flatMap(({ after }) => after ?? [])
    .flatMap((one) => (isJsonObject(one) ? Object.values(one) : [one]));
  return [id, missing ?? extra].some((who) => who !== undefined && comes.includes(who));
}
