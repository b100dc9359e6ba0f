/** The changes of a plan to lists and settings that are there, as the providers need them to carry one out before its turn. */
import { UNKNOWN } from "../core/engine-markers.ts";
import type { Json } from "../core/json.ts";
import { nounOf, NOUNS, ownerOfList, typesOf } from "../core/nouns.ts";
import { keyOfUrn, nameOfUrn, resourceKey } from "../core/urn.ts";
import type { Change, Plan, PropertyChange, StateInputs } from "../plan/index.ts";
import { grain, listIdOf } from "../provider/index.ts";
import type { Adoptable, LiveObject, PlannedStep } from "../provider/index.ts";

type Inputs = Readonly<Record<string, Json>>;

/** What providers are told of the plan that was made last. */
export interface Planned {
  /** Lists that are there and become managed, by URN, where the plan starts from what was read of them. */
  readonly bases: Map<string, LiveObject>;
  /** Objects that are there and become managed by their names, by URN. */
  readonly adopted: Map<string, Adoptable>;
  steps: readonly PlannedStep[];
  /** URNs of what comes back from a recycle bin, with its lists. */
  comingBack: ReadonlySet<string>;
}

/** What the plan restores, and the lists that it makes of that: they have something in them already. */
export function comingBack({ changes }: Pick<Plan, "changes">): ReadonlySet<string> {
  const restored = changes.filter(({ recycleBin }) => recycleBin === "restore");
  const owners = new Set(restored.map(({ urn }) => keyOfUrn(urn)));
  const lists = changes.filter(({ operation, type, urn }) => {
    const list = nounOf(type)?.list;
    if (operation !== "create" || list === undefined) return false;
    const owner = ownerOfList({ list }, nameOfUrn(urn));
    return typesOf(list.owner).some((one) => owners.has(resourceKey(one, owner)));
  });
  return new Set([...restored, ...lists].map(({ urn }) => urn));
}

/** Of a list that comes into the state only what it adds: nobody can give up what was not theirs. */
export function plannedSteps({
  plan,
  recorded,
  created,
}: { readonly plan: Plan } & StateInputs): PlannedStep[] {
  return plan.changes.flatMap((change): PlannedStep[] => {
    const { type, operation, urn, formerUrn, base } = change;
    const before = recorded.get(formerUrn ?? urn) ?? recorded.get(urn);
    const key = nounOf(type)?.list?.key;
    if (key === undefined)
      return type === NOUNS.securityDefaults.type ? switched(change, { recorded, created }) : [];
    const declared = operation === "create" ? created.get(urn) : undefined;
    const id = declared && listIdOf(type, declared);
    if (declared !== undefined && id !== undefined && id !== UNKNOWN)
      return [{ type, id, before: { ...declared, ...nothingOf(type, key) }, after: declared }];
    if (base.id === undefined || before === undefined) return [];
    if (operation === "delete") return [{ type, id: base.id, before, after: undefined }];
    if (operation !== "update") return [];
    return [{ type, id: base.id, before, after: changed(before, change) }];
  });
}

/** What a list has of it before it comes into the state; a mailbox is a person's until it becomes a shared one. */
const nothingOf = (type: string, key: string): Inputs =>
  type === NOUNS.userMailboxType.type ? { type: "regular", withoutLicense: false } : { [key]: [] };

/** A setting of the tenant is there before anybody declares it. */
function switched(
  { type, urn, base, properties }: Change,
  { recorded, created }: StateInputs,
): PlannedStep[] {
  const before = recorded.get(urn) ?? {};
  const plain = properties.flatMap(({ path, after }): [string, Json][] =>
    after === undefined ? [] : [[path, after]],
  );
  const after = created.get(urn) ?? { ...before, ...Object.fromEntries(plain) };
  const id = base.id ?? listIdOf(type, after);
  return id === undefined ? [] : [{ type, id, before, after }];
}

const changed = (before: Inputs, { type, properties }: Change): Inputs => ({
  ...before,
  ...Object.fromEntries(
    properties.flatMap((property): [string, Json][] =>
      property.elements === undefined ? [] : [[property.path, list(before, { type, property })]],
    ),
  ),
});

function list(
  before: Inputs,
  { type, property }: { readonly type: string; readonly property: PropertyChange },
): Json[] {
  const { path, elements = [] } = property;
  const old = before[path];
  const touched = new Set(elements.map(({ key }) => key));
  const isKept = (element: Json): boolean =>
    !touched.has(grain.elementKey({ type, path }, element) ?? "");
  return [
    ...(Array.isArray(old) ? old.filter(isKept) : []),
    ...elements.flatMap(({ after }) => (after === undefined ? [] : [after])),
  ];
}
