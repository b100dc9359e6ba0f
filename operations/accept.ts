/** A drift as an accepted deviation: an entry of the tenant file that counts once it is approved and applied. */
import { addMonths } from "../core/calendar.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { Drift } from "../plan/index.ts";
import { changeTenantFile, dayAt } from "../tenant-file/index.ts";
import type { AcceptedEntry, Edit } from "../tenant-file/index.ts";
import { fileKeyOf, filePlaceOf, whyNotAcceptable } from "./file-places.ts";
import { foundDeviations } from "./found-deviation.ts";
import type { OperationContext } from "./ports.ts";
import { notDrifted, selected } from "./pull.ts";
import { readDrift } from "./read-drift.ts";

export interface AcceptRequest {
  readonly stack: string;
  /** As the file names it. */
  readonly object: string;
  /** Key of the file. */
  readonly key: string;
  readonly reason: string;
  /** The last day, in the customer's country, YYYY-MM-DD; at most a year ahead. */
  readonly until: string;
}

export interface AcceptedDrift {
  readonly stack: string;
  readonly file: string;
  readonly entries: readonly AcceptedEntry[];
}

const MOST_MONTHS = 12;

/** @throws ExpectedError `not-drifted`, `not-acceptable`, and those of reading the tenant and its file */
export async function acceptDrift(
  context: OperationContext,
  request: AcceptRequest,
): Promise<AcceptedDrift> {
  const { stack, object, key } = request;
  const why = whyNotAcceptable(key);
  if (why !== undefined) throw notAcceptable(stack, `${key} cannot be accepted as it is: ${why}.`);
  const { drift, tenant, names } = await readDrift(context, stack);
  refuseDay(request, dayAt(tenant, context.now()));
  const meant = selected(drift, { object, key });
  if (meant.length === 0) throw nothingToAccept(drift, request);
  const said = meant.flatMap((one) => entriesOf(one, request, names));
  const entries = said.filter((one) => "property" in one);
  const [unsaid] = said.filter((one) => "why" in one);
  // Half of it would pass for all of it.
  if (unsaid !== undefined) throw notAcceptable(stack, `It cannot be accepted: ${unsaid.why}.`);
  const edits = entries.map((accept): Edit => ({ accept }));
  const place = { stacksDirectory: context.workspace.stacksDirectory, tenant: stack };
  const { file, refused } = await changeTenantFile(place, edits);
  const [first] = refused;
  if (first !== undefined) throw notAcceptable(stack, `The file does not take it: ${first.why}.`);
  return { stack, file, entries };
}

/** What differs, and what is told of it otherwise than by a key of an entry. */
function nothingToAccept(drift: readonly Drift[], { stack, object, key }: AcceptRequest): Error {
  const isGone = selected(drift, { object, key: undefined }).some(({ kind }) => kind === "gone");
  const isUnlisted = drift.some((one) => filePlaceOf(one) === undefined && one.name === object);
  if (isGone) return notAcceptable(stack, `${object} is gone: nothing is left to be accepted.`);
  if (isUnlisted)
    return notAcceptable(stack, "Only of people, groups and sites is a deviation accepted.");
  return notDrifted(stack, `${key} of ${object}`);
}

function refuseDay({ stack, until }: AcceptRequest, today: string): void {
  const last = addMonths(today, MOST_MONTHS);
  if (until >= today && until <= last) return;
  throw notAcceptable(stack, `A deviation is accepted until a day between ${today} and ${last}.`);
}

/** One entry a value, and one an element. */
function entriesOf(drift: Drift, { reason, until }: AcceptRequest, names: Names): Said[] {
  const place = filePlaceOf(drift);
  if (place === undefined) return [];
  return drift.properties.flatMap((property): Said[] => {
    const key = fileKeyOf(drift, property) ?? property.path;
    const about = { [place.kind]: place.name, property: key };
    return foundDeviations(property, { key, names }).map((found) =>
      "why" in found ? found : { ...about, ...found, reason, until },
    );
  });
}

type Names = ReadonlyMap<string, string>;
type Said = AcceptedEntry | { readonly why: string };

const notAcceptable = (stack: string, sentence: string): ExpectedError =>
  new ExpectedError("not-acceptable", sentence, {
    hint: "Take it over into the file with {pull}, or undo it with {plan}.",
    remedy: { pull: { tenant: stack }, plan: { tenant: stack, refresh: true } },
  });
