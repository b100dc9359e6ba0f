/** Since when each risk and each cost stands, and when it was gone: kept from the first look at a tenant on. */
import { z } from "zod";
import { FINDING_KINDS, wordsOf } from "../core/tenant-findings.ts";
import type { FindingKind } from "../core/tenant-findings.ts";
import type { ReadTenant } from "../engine/index.ts";

const instant = z.iso.datetime();
const ledgerEntry = z.strictObject({
  name: z.string(),
  /** The look that found it; after it was gone and came back, that one. */
  since: instant,
  /** The first look without it. */
  solved: instant.optional(),
});

/** By kind and object. */
export const findingLedger = z.record(z.string(), z.record(z.string(), ledgerEntry));
type FindingLedger = z.infer<typeof findingLedger>;

export interface FollowedFinding {
  readonly kind: FindingKind;
  /** Empty where it is about the tenant as a whole. */
  readonly name: string;
  /** UTC. */
  readonly since: string;
  /** UTC; undefined while it stands. */
  readonly solved?: string | undefined;
}

/** What can be solved: a notice is no more than good to know. */
const FOLLOWED = FINDING_KINDS.filter((kind) => wordsOf(kind).level !== "notice");

/** For what is about the tenant as a whole. */
const WHOLE = { id: "", name: "" };

/** The ledger after one more look; what nobody looked at stays as it was. */
export function afterLook(
  ledger: FindingLedger,
  { findings, notRead }: Pick<ReadTenant, "findings" | "notRead">,
  at: string,
): FindingLedger {
  const kept = FOLLOWED.map((kind) => {
    const before = ledger[kind] ?? {};
    const isLookedAt = notRead.every(({ part }) => part !== wordsOf(kind).part);
    if (!isLookedAt) return [kind, before] as const;
    const finding = findings.find((one) => one.kind === kind);
    const found = finding?.objects.length === 0 ? [WHOLE] : (finding?.objects ?? []);
    const standing = found.map(({ id, name }) => {
      const old = before[id];
      const isNew = old === undefined || old.solved !== undefined;
      return [id, { name, since: isNew ? at : old.since }] as const;
    });
    const gone = Object.entries(before).map(
      ([id, old]) => [id, { ...old, solved: old.solved ?? at }] as const,
    );
    return [kind, Object.fromEntries([...gone, ...standing])] as const;
  });
  return Object.fromEntries(kept.filter(([, entries]) => Object.keys(entries).length > 0));
}

/** In the order of the table. */
export const followedIn = (ledger: FindingLedger): FollowedFinding[] =>
  FOLLOWED.flatMap((kind) => Object.values(ledger[kind] ?? {}).map((one) => ({ kind, ...one })));
