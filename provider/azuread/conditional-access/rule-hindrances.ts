/**
 * What stands in the way of rules for signing in, asked before the first write: a licence that they need, somebody who is
 * to be excluded and no longer exists, and another rule that does the same.
 * @see https://learn.microsoft.com/entra/identity/conditional-access/overview (license requirements, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/conditionalaccessroot-list-policies (v1.0, checked 2026-11-27)
 * Not verified: what Graph says to a policy that excludes a group which does not exist; so nobody asks it.
 */
import { odata } from "../../../services/index.ts";
import type { Microsoft365 } from "../../../services/index.ts";
import { NOUNS } from "../../../core/nouns.ts";
import { hasConditionalAccess } from "../../../core/sku-catalogue.ts";
import { isObject } from "../../kit/values.ts";
import type { Properties } from "../../kit/values.ts";
import { readSubscribedSkus } from "../../licensing/subscribed-skus.ts";
import { conditionsOf } from "./conditions.ts";
import type { GraphConditions } from "./conditions.ts";
import { purposeOf } from "./purpose.ts";

/** A change that a plan is to make. */
export interface PlannedRule {
  readonly type: string;
  readonly operation: string;
  /** As declared. */
  readonly inputs: Properties;
}

export interface RuleHindrance {
  readonly code: "no-conditional-access" | "exclusion-gone" | "same-rule-exists";
  /** One sentence without a full stop. */
  readonly message: string;
}

/** As Graph lists them. */
export interface ListedPolicy {
  readonly id: string;
  readonly displayName?: string | null;
  readonly state?: string | null;
  readonly conditions?: GraphConditions | null;
  readonly grantControls?: Parameters<typeof purposeOf>[0]["grantControls"];
}

export const POLICIES = "/identity/conditionalAccess/policies";

/**
 * What stands in the way, each change's own; undefined where nothing does.
 * @param alongside names of rules that may do the same as one of ours
 */
export async function ruleHindrances(
  changes: readonly PlannedRule[],
  { service, alongside }: { readonly service: Microsoft365; readonly alongside: readonly string[] },
): Promise<readonly (RuleHindrance | undefined)[]> {
  const isRule = ({ type, operation }: PlannedRule): boolean =>
    type === NOUNS.accessRule.type && (operation === "create" || operation === "update");
  if (!changes.some(isRule)) return changes.map(() => undefined);
  const isNew = changes.some((change) => isRule(change) && change.operation === "create");
  const [skus, policies, gone] = await Promise.all([
    readSubscribedSkus(service),
    isNew ? service.graph.all<ListedPolicy>(POLICIES) : [],
    goneOf(
      changes.filter(isRule).flatMap(({ inputs }) => [...excludedIn(inputs)]),
      service,
    ),
  ]);
  const isLicensed = skus.some(({ servicePlans }) =>
    hasConditionalAccess(servicePlans.map(({ servicePlanName }) => servicePlanName)),
  );
  return changes.map((change): RuleHindrance | undefined => {
    if (!isRule(change)) return undefined;
    if (!isLicensed) {
      const message = "the tenant has bought no product with Microsoft Entra ID P1";
      return { code: "no-conditional-access", message };
    }
    const missing = [...excludedIn(change.inputs)].flatMap(([id]) => gone.get(id) ?? []);
    if (missing.length > 0) {
      const message = `${missing.join(", ")} would not be excluded: no longer in the tenant`;
      return { code: "exclusion-gone", message };
    }
    if (change.operation !== "create") return undefined;
    const purpose = purposeOf(change.inputs);
    const twin = policies.find(
      (policy) =>
        purpose !== undefined &&
        policy.state !== "disabled" &&
        purposeOf(declaredForm(policy)) === purpose &&
        !alongside.includes(policy.displayName ?? ""),
    );
    return (
      twin && {
        code: "same-rule-exists",
        message: `“${twin.displayName ?? twin.id}” does the same`,
      }
    );
  });
}

/** In the words in which a rule is declared. */
export const declaredForm = (policy: ListedPolicy): Parameters<typeof purposeOf>[0] => ({
  conditions: conditionsOf(policy.conditions ?? {}),
  grantControls: policy.grantControls,
});

type Kind = "user" | "group";

const LISTS: Readonly<Record<string, Kind>> = { excludedUsers: "user", excludedGroups: "group" };

/** Words of the service that stand for more than one person. */
const isId = (text: unknown): text is string =>
  typeof text === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Object ids that are excluded, wherever the change names them. */
function excludedIn(inputs: Properties): ReadonlyMap<string, Kind> {
  const found = Object.entries(inputs).flatMap(([path, value]): (readonly [string, Kind])[] => {
    const kind = LISTS[path.split(".").at(-1) ?? ""];
    if (kind !== undefined && Array.isArray(value)) {
      return value.filter(isId).map((id) => [id, kind] as const);
    }
    return isObject(value) ? [...excludedIn(value)] : [];
  });
  return new Map(found);
}

/** Names of those who are not there any more, as far as the recycle bin still knows them, by object id. */
async function goneOf(
  excluded: readonly (readonly [string, Kind])[],
  { graph }: Microsoft365,
): Promise<ReadonlyMap<string, string>> {
  const looked = [...new Map(excluded)].map(async ([id, kind]) => {
    const path = kind === "user" ? odata`/users/${id}` : odata`/groups/${id}`;
    if ((await graph.tryGet(`${path}?$select=id`)) !== undefined) return [];
    const deleted = await graph.tryGet<{ displayName?: string | null }>(
      odata`/directory/deletedItems/${id}`,
    );
    return [[id, deleted?.displayName ?? `the ${kind} ${id}`] as const];
  });
  return new Map((await Promise.all(looked)).flat());
}
