/** A drift as an accepted deviation: an entry of the tenant file that counts once it is approved and applied. */
import { z } from "zod";
import { addMonths, dayIn } from "../core/calendar.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { Drift, PropertyChange } from "../plan/index.ts";
import { changeTenantFile, isAcceptable } from "../tenant-file/index.ts";
import type { AcceptedEntry, Edit } from "../tenant-file/index.ts";
import { nameInFile } from "./drift-edits.ts";
import { filePlaceOf } from "./file-places.ts";
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
  if (!isAcceptable(key)) throw notAcceptable(stack, `A deviation of ${key} cannot be accepted.`);
  const { drift, tenant } = await readDrift(context, stack);
  refuseDay(request, dayIn(tenant.tenant.country, context.now()));
  const meant = selected(drift, { object, key });
  if (meant.length === 0) throw notDrifted(stack, `${key} of ${object}`);
  const entries = meant.flatMap((one) => entriesOf(one, request));
  if (entries.length === 0) throw notAcceptable(stack, "A tenant file cannot say what was found.");
  const edits = entries.map((accept): Edit => ({ accept }));
  const place = { stacksDirectory: context.workspace.stacksDirectory, tenant: stack };
  const { file, refused } = await changeTenantFile(place, edits);
  const [first] = refused;
  if (first !== undefined) throw notAcceptable(stack, `The file does not take it: ${first.why}.`);
  return { stack, file, entries };
}

function refuseDay({ stack, until }: AcceptRequest, today: string): void {
  const last = addMonths(today, MOST_MONTHS);
  if (until >= today && until <= last) return;
  throw notAcceptable(stack, `A deviation is accepted until a day between ${today} and ${last}.`);
}

/** One entry a value, and one an element. */
function entriesOf(drift: Drift, { key, reason, until }: AcceptRequest): AcceptedEntry[] {
  const place = filePlaceOf(drift);
  if (place === undefined) return [];
  const about = { [place.kind]: place.name, property: key };
  const rest = { reason, until };
  return drift.properties.flatMap((property) =>
    foundIn(property, key).map((found) => ({ ...about, ...found, ...rest })),
  );
}

const value = z.union([z.string(), z.boolean(), z.array(z.string())]);

type Found = Pick<AcceptedEntry, "value" | "extra" | "missing">;

function foundIn({ after = "", elements, secret }: PropertyChange, key: string): readonly Found[] {
  if (elements === undefined) {
    const found = value.safeParse(after);
    return found.success && !secret ? [{ value: found.data }] : [];
  }
  return elements.flatMap(({ before, after: now }): Found[] => {
    // An element that stays and is another than it was is neither.
    if (before !== undefined && now !== undefined) return [];
    const name = nameInFile(key, now ?? before ?? "");
    if (name === undefined) return [];
    return [now === undefined ? { missing: name } : { extra: name }];
  });
}

const notAcceptable = (stack: string, sentence: string): ExpectedError =>
  new ExpectedError("not-acceptable", sentence, {
    hint: "Take it over into the file with {pull}, or undo it with {plan}.",
    remedy: { pull: { tenant: stack }, plan: { tenant: stack, refresh: true } },
  });
