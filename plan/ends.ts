/** Whether a plan does nothing but end what was agreed until a day that is over, or begin what was agreed from one that is here. */
import { assignmentName } from "../core/directory-roles.ts";
import { endingKey, endingOf, ENDING_KINDS } from "../core/end-days.ts";
import type { Ended } from "../core/end-days.ts";
import { fileKeyOfPath } from "../core/file-keys.ts";
import { isJsonObject } from "../core/json.ts";
import { nounOf, NOUNS, ownerOfList } from "../core/nouns.ts";
import type { Noun } from "../core/nouns.ts";
import { nameOfUrn } from "../core/urn.ts";
import { addressIn, EXCLUDED_USERS } from "./build/person-names.ts";
import { changesRules } from "./guards/rules.ts";
import { isOfLeaver, leaversIn, takesFrom } from "./leavers.ts";
import type { Change, ElementChange, Plan } from "./model/model.ts";

/** An end as the state has it: see core/end-days.ts. */
export interface AgreedEnd {
  readonly ending: string;
  /** Last day: YYYY-MM-DD. */
  readonly until: string;
}

const ROLE: Ended["kind"] = "role";
const LEAVER: Ended["kind"] = "leaver";

type Property = Change["properties"][number];

/** Property of the tenant's own entry that holds them. */
const END_DAYS = "endDays";

/** @returns what ends or begins; undefined where the plan does anything else, or nothing of this. @param today in the customer's country */
export function endsOf(
  { changes, structure, rules }: Plan,
  today: string,
): readonly AgreedEnd[] | undefined {
  const ends = droppedEnds({ changes });
  const over = new Set(ends.map(({ ending }) => ending));
  const leavers = leaversIn(
    changes,
    [...over].map(endingOf).flatMap((one) => (one?.kind === LEAVER ? [one.name] : [])),
  );
  const isOnlyEnds =
    ends.length > 0 &&
    ends.every(({ until }) => until < today) &&
    structure.length === 0 &&
    !changesRules(rules) &&
    changes.every((change) => {
      if (isTenant(change)) return dropsEndDays(change);
      return isPlain(change) && (endsOne(change, { over, leavers }) || isOfLeaver(change, leavers));
    });
  return isOnlyEnds ? ends : undefined;
}

/** What the plan takes off the list of what is to end: it has ended, or other words were agreed. */
export const droppedEnds = ({ changes }: Pick<Plan, "changes">): readonly AgreedEnd[] =>
  changes.filter(isTenant).flatMap(endDayElements).flatMap(agreedEnd("before"));

/** What the plan agrees on: whoever approved it approved these ends. */
export const agreedEnds = ({ changes }: Plan): readonly AgreedEnd[] =>
  changes.filter(isTenant).flatMap(endDayElements).flatMap(agreedEnd("after"));

const isTenant = ({ type }: Change): boolean => type === NOUNS.tenant.type;

type Sides = Pick<ElementChange, "before" | "after">;

/** Of a new entry the list is one value. */
const endDayElements = ({ properties }: Change): readonly Sides[] =>
  properties
    .filter(({ path }) => path === END_DAYS)
    .flatMap(({ elements, after }): readonly Sides[] => {
      if (elements !== undefined) return elements;
      return Array.isArray(after) ? after.map((one) => ({ after: one })) : [];
    });

const agreedEnd =
  (side: "before" | "after") =>
  (element: Sides): AgreedEnd[] => {
    const value = element[side];
    if (value === undefined || !isJsonObject(value)) return [];
    const { ending, until } = value;
    return typeof ending === "string" && typeof until === "string" ? [{ ending, until }] : [];
  };

const dropsEndDays = (change: Change): boolean =>
  isPlainUpdate(change) &&
  change.properties.every(({ path, elements }) => path === END_DAYS && onlyGoes(elements));

const onlyGoes = (elements: readonly ElementChange[] | undefined): boolean =>
  elements?.every(({ after }) => after === undefined) === true;

const isPlainUpdate = (change: Change): boolean => change.operation === "update" && isPlain(change);

const isPlain = ({ optionChanges, formerUrn }: Change): boolean =>
  optionChanges.length === 0 && formerUrn === undefined;

const STARTED = { isStart: true } as const;

interface Agreed {
  /** Keys of what was to end by now. */
  readonly over: ReadonlySet<string>;
  /** Who leaves, as `leaversIn` gives them. */
  readonly leavers: ReadonlySet<string>;
}

function endsOne(change: Change, { over, leavers }: Agreed): boolean {
  const { type, urn, properties } = change;
  const name = nameOfUrn(urn);
  if (type === NOUNS.roleAssignment.type) {
    const isStart = change.operation === "create";
    if (change.operation !== "delete" && !isStart) return false;
    return [...over].map(endingOf).some((one) => {
      if (one?.kind !== ROLE || (one.isStart === true) !== isStart) return false;
      return assignmentName(one.user ?? "", one.name) === name;
    });
  }
  if (type === NOUNS.accessRule.type) return isPlainUpdate(change) && endsExceptions(change, over);
  const noun = nounOf(type);
  if (change.operation !== "update") return false;
  const account = noun?.removedAs;
  if (account === "user" || account === "guest") {
    const [property, ...others] = properties;
    if (property?.path !== "accountEnabled" || others.length > 0) return false;
    const { after } = property;
    if (typeof after !== "boolean") return false;
    return over.has(endingKey({ kind: account, name, ...(after ? STARTED : {}) }));
  }
  if (noun?.list === undefined) return false;
  const owner = ownerOfList({ list: noun.list }, name);
  return properties.every((property) => endsRights(property, { noun, owner, over, leavers }));
}

interface Rights extends Agreed {
  readonly noun: Noun;
  readonly owner: string;
}

function endsRights(
  { path, elements = [] }: Pick<Property, "path" | "elements">,
  { noun, owner, over, leavers }: Rights,
): boolean {
  const own = fileKeyOfPath(noun, path).split(".").at(-1);
  const kind = ENDING_KINDS.find((one) => one === own);
  if (kind === undefined || elements.length === 0) return false;
  return elements.every((element) => {
    if (takesFrom(leavers, element)) return true;
    const started = startedBy(element);
    if (started === undefined) return false;
    return over.has(endingKey({ kind, name: owner, user: element.key, ...started }));
  });
}

/** What a right that comes or goes was agreed as; undefined where it changes or has more to it. */
function startedBy({ before, after }: ElementChange): Pick<Ended, "isStart" | "role"> | undefined {
  if (after === undefined) return {};
  if (before !== undefined || !isJsonObject(after)) return undefined;
  const { role } = after;
  return { ...STARTED, ...(typeof role === "string" && { role }) };
}

/** Nobody else's exclusion, and nothing else of the rule: whom it is about is said by the state, next to the id. */
function endsExceptions({ urn, properties }: Change, over: ReadonlySet<string>): boolean {
  const rule = { kind: "exception", name: nameOfUrn(urn) } as const;
  return properties.every(
    ({ path, elements = [] }) =>
      path === EXCLUDED_USERS &&
      onlyGoes(elements) &&
      elements.every(({ shownAs }) => {
        const user = addressIn(shownAs?.before);
        return user !== undefined && over.has(endingKey({ ...rule, user }));
      }),
  );
}
