/** Since when each difference is there, and who made it: from the audit log, and otherwise from the look that saw it first. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { timeIn } from "../core/calendar.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import type { FoundCauses, SoughtChange } from "../engine/index.ts";
import type { VerifiedRecord } from "../approval/index.ts";
import type { Drift, PropertyChange } from "../plan/index.ts";
import type { TenantSession } from "./ports.ts";

/** What a look keeps of a difference: no value, only what tells it from others. */
const knownDifference = z.strictObject({
  key: z.string(),
  /** The look that saw it first, UTC. */
  seenAt: z.string(),
  /** The look or apply before that, when it was not there; UTC. */
  since: z.string(),
  cause: z
    .strictObject({ at: z.string(), by: z.string().optional(), isExact: z.boolean() })
    .optional(),
  /** Not in the log, which does not go back to `since`. */
  mayBeOlder: z.boolean(),
  /** Looked up for so long that nothing will come any more. */
  isSettled: z.boolean(),
});
export type KnownDifference = z.output<typeof knownDifference>;

/** After that the log has what it will have: Microsoft says minutes. */
const SETTLED_MS = 24 * 3_600_000;

/** What was known before, and when that was; UTC. */
export const earlierLook = z.strictObject({
  at: z.string(),
  differences: z.array(knownDifference).readonly(),
});
export type EarlierLook = z.output<typeof earlierLook>;

export interface DifferenceHistory {
  /** Undefined for an object that is gone. */
  readonly path: string | undefined;
  /** The entry of the audit log; undefined where there is none. `isExact`: it names the property. */
  readonly change:
    | {
        readonly at: string;
        readonly localTime: string;
        readonly by: string | undefined;
        readonly isExact: boolean;
      }
    | undefined;
  /** The look that saw it first. */
  readonly seen: { readonly at: string; readonly localTime: string };
  /** It may be older than what the audit log keeps. */
  readonly mayBeOlder: boolean;
}

export interface HistoryOf {
  /** Of each object that differs, in the order of the drift. */
  readonly histories: readonly (readonly DifferenceHistory[])[];
  /** For the next look. */
  readonly known: readonly KnownDifference[];
  /** Why the audit log was not read; undefined where it was, or nobody had to. */
  readonly notRead: string | undefined;
}

/** @param asked.now of the look that found the drift */
export async function historyOf(
  session: Pick<TenantSession, "findCauses" | "tenant">,
  asked: {
    readonly drift: readonly Drift[];
    readonly earlier: EarlierLook | undefined;
    readonly record: Pick<VerifiedRecord, "applications">;
    readonly now: Date;
  },
): Promise<HistoryOf> {
  const { drift, earlier, record, now } = asked;
  const applies = record.applications.map(({ predicate: { startedAt, finishedAt } }) => ({
    ...{ startedAt, finishedAt },
  }));
  const since = earlier?.at ?? applies[0]?.finishedAt ?? now.toISOString();
  const before = new Map(earlier?.differences.map((one) => [one.key, one]));
  const sought = drift.map((one) => soughtIn(one));
  const known = new Map(
    sought.flat().map(({ key }) => {
      const seenAt = now.toISOString();
      const fresh: KnownDifference = {
        ...{ key, seenAt, since },
        mayBeOlder: false,
        isSettled: false,
      };
      return [key, before.get(key) ?? fresh] as const;
    }),
  );
  const changes = sought.flat().filter(({ key }) => known.get(key)?.isSettled !== true);
  const first = changes.flatMap(({ key }) => known.get(key)?.since ?? []).sort()[0];
  const read =
    first === undefined
      ? undefined
      : await session.findCauses({ changes, since: first, now, applies });
  const found = read !== undefined && "found" in read ? read.found : undefined;
  if (found !== undefined) {
    for (const { key } of changes) {
      const one = known.get(key);
      if (one !== undefined) known.set(key, { ...one, ...lookedUp(one, { found, now }) });
    }
  }
  const { country } = session.tenant.tenant;
  const inZone = (at: string) => ({ at, localTime: timeIn(country, new Date(at)) });
  const told = ({ key, path }: SoughtChange): DifferenceHistory | [] => {
    const one = known.get(key);
    if (one === undefined) return [];
    const { cause, seenAt, mayBeOlder } = one;
    const change = cause && { ...inZone(cause.at), by: cause.by, isExact: cause.isExact };
    return { path, change, seen: inZone(seenAt), mayBeOlder };
  };
  return {
    histories: sought.map((changesOf) => changesOf.flatMap(told)),
    known: [...known.values()],
    notRead: read !== undefined && "reason" in read ? read.reason : undefined,
  };
}

function lookedUp(
  { key, seenAt, since, cause: before }: KnownDifference,
  { found, now }: { readonly found: FoundCauses; readonly now: Date },
): Partial<KnownDifference> {
  const { at, by, isExact } = found.causes.get(key) ?? {};
  if (at === undefined || isExact === undefined) {
    const mayBeOlder = before === undefined && since < found.from;
    return { mayBeOlder, isSettled: now.getTime() - Date.parse(seenAt) > SETTLED_MS };
  }
  const cause = { at, ...(by === undefined ? {} : { by }), isExact };
  return { cause, mayBeOlder: false, isSettled: isExact };
}

function soughtIn({ urn, id, kind, properties }: Drift): SoughtChange[] {
  const keyOf = (value: object): string =>
    createHash("sha256")
      .update(canonicalJson({ urn, ...value }))
      .digest("hex");
  if (kind === "gone") return [{ key: keyOf({ gone: true }), id, path: undefined, elements: [] }];
  return properties.map(({ path, after = null, elements = [] }) => ({
    key: keyOf({ path, after, elements: elements.map(({ key, after: now = null }) => [key, now]) }),
    ...{ id, path, elements: elements.flatMap(idOfElement) },
  }));
}

/** Members have ids; owners are ids; of other elements, such as licences, the log has no entry of its own. */
function idOfElement({
  before,
  after = before,
}: NonNullable<PropertyChange["elements"]>[number]): string[] {
  const id = typeof after === "object" && after !== null && "id" in after ? after.id : after;
  return typeof id === "string" && /^[0-9a-f]{8}-/i.test(id) ? [id] : [];
}
