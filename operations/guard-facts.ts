/** The safety brakes with the facts of a tenant file: what may not go at all, and what needs two people. */
import { BRAKED_KINDS, checkBrakes, DEFAULT_LIMITS, stoppedBy } from "../plan/index.ts";
import type { BrakedKind, BrakeFacts, BrakeFinding, BrakeLimits, Plan } from "../plan/index.ts";
import { removeEntries } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { productName } from "../core/sku-catalogue.ts";
import { ExpectedError } from "../core/expected-error.ts";

/** What the brakes hold against the plan; empty when there is nothing. */
export const brakesOn = (plan: Plan, tenant: Tenant): readonly BrakeFinding[] =>
  checkBrakes(plan, brakeFacts(plan, tenant));

/**
 * Refuses what stops the plan whoever approves it: a person, mailbox or site that goes without a word in the
 * tenant file, what must never go, and too much at once without an explicit word.
 */
export function refuseStopped(findings: readonly BrakeFinding[]): void {
  const [first, ...others] = stoppedBy(findings);
  if (first === undefined) return;
  const hint =
    first.override === "nothing"
      ? "Take this out of the change; no approval can allow it."
      : "Add an entry under `remove`, or `approval.exceptionalChange`, to the tenant file (stacks/README.md).";
  throw new ExpectedError(first.code, `${first.sentence.en}.`, {
    hint,
    details: others.map(({ code, sentence }) => `${code}: ${sentence.en}`),
  });
}

function brakeFacts(plan: Plan, tenant: Tenant): BrakeFacts {
  return {
    existing: existingCounts(plan, tenant),
    remove: removeEntries(tenant),
    allowsMany: tenant.approval?.exceptionalChange?.allow ?? [],
    emergencyAccounts: tenant.tenant.emergencyAccounts ?? [],
    globalAdministrators: tenant.tenant.globalAdministrators ?? [],
    ownApplication: [],
    limits: limitsOf(tenant),
  };
}

/** A limit of the tenant file stands by itself; where it has none, the share of the default counts too. */
function limitsOf(tenant: Tenant): BrakeLimits {
  const own: Partial<Record<BrakedKind, number>> = tenant.approval?.limits ?? {};
  const entries = BRAKED_KINDS.map((kind) => {
    const most = own[kind];
    return [kind, most === undefined ? DEFAULT_LIMITS[kind] : { most, mostShare: 1 }] as const;
  });
  return Object.fromEntries(entries) as unknown as BrakeLimits;
}

/** How many of each kind there are before the plan. */
function existingCounts(plan: Plan, tenant: Tenant): Record<BrakedKind, number> {
  const urns = [
    ...plan.unchanged.map(({ urn }) => urn ?? ""),
    ...plan.changes.filter(({ operation }) => operation !== "create").map(({ urn }) => urn),
  ];
  const count = (token: string): number => urns.filter((urn) => urn.includes(`$${token}::`)).length;
  return {
    people: count("azuread:index/user:User"),
    mailboxes: count("m365:exchange:SharedMailbox"),
    sites: count("m365:sharepoint:Site"),
    licenses: licensesBefore(plan, tenant),
  };
}

function licensesBefore(plan: Plan, tenant: Tenant): number {
  const changed = new Map(
    plan.changes.flatMap(({ commitment }) =>
      commitment === undefined ? [] : [[commitment.product, commitment.countBefore] as const],
    ),
  );
  const unchanged = (tenant.subscriptions ?? []).filter(
    ({ sku }) => !changed.has(productName(sku)),
  );
  return [...changed.values(), ...unchanged.map(({ count }) => count)].reduce(
    (sum, count) => sum + count,
    0,
  );
}
