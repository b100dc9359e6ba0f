/** Whether a plan does nothing but end what was agreed until a day that is over. */
import { assignmentName } from "../core/directory-roles.ts";
import { endingKey, ENDING_KINDS } from "../core/end-days.ts";
import type { Ended } from "../core/end-days.ts";
import { fileKeyOfPath } from "../core/file-keys.ts";
import { isJsonObject } from "../core/json.ts";
import { nounOf, NOUNS, ownerOfList } from "../core/nouns.ts";
import { nameOfUrn } from "../core/urn.ts";
import { addressIn, EXCLUDED_USERS } from "./build/person-names.ts";
import { changesRules } from "./guards/rules.ts";
import type { Change, ElementChange, Plan } from "./model/model.ts";

/** An end as the state has it: see core/end-days.ts. */
export interface AgreedEnd {
  readonly ending: string;
  /** Last day: YYYY-MM-DD. */
  readonly until: string;
}

const ROLE: Ended["kind"] = "role";

/** Property of the tenant's own entry that holds them. */
const END_DAYS = "endDays";

/** @returns what ends; undefined where the plan does anything else, or ends nothing. @param today in the customer's country */
export function endsOf(
  { changes, structure, rules }: Plan,
  today: string,
): readonly AgreedEnd[] | undefined {
  const ends = droppedEnds({ changes });
  const over = new Set(ends.map(({ ending }) => ending));
  const isOnlyEnds =
    ends.length > 0 &&
    ends.every(({ until }) => until < today) &&
    structure.length === 0 &&
    !changesRules(rules) &&
    changes.every((change) => (isTenant(change) ? dropsEndDays(change) : endsOne(change, over)));
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

const isPlainUpdate = ({ operation, optionChanges, formerUrn }: Change): boolean =>
  operation === "update" && optionChanges.length === 0 && formerUrn === undefined;

function endsOne(change: Change, over: ReadonlySet<string>): boolean {
  const { type, urn, properties } = change;
  const name = nameOfUrn(urn);
  if (type === NOUNS.roleAssignment.type && change.operation === "delete") {
    return [...over].some((ending) => {
      const [kind, role = "", user = ""] = ending.split(" ");
      return kind === ROLE && assignmentName(user, role) === name;
    });
  }
  if (!isPlainUpdate(change)) return false;
  if (type === NOUNS.accessRule.type) return endsExceptions(change, over);
  const noun = nounOf(type);
  const account = noun?.removedAs;
  if (account === "user" || account === "guest") {
    const isOver = over.has(endingKey({ kind: account, name }));
    return (
      isOver && properties.every(({ path, after }) => path === "accountEnabled" && after === false)
    );
  }
  if (noun?.list === undefined) return false;
  const owner = ownerOfList({ list: noun.list }, name);
  return properties.every(({ path, elements }) => {
    const own = fileKeyOfPath(noun, path).split(".").at(-1);
    const kind = ENDING_KINDS.find((one) => one === own);
    if (kind === undefined || !onlyGoes(elements)) return false;
    return (elements ?? []).every(({ key }) =>
      over.has(endingKey({ kind, name: owner, user: key })),
    );
  });
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
