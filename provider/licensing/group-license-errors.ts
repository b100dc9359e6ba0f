/**
 * Who of a group went without its licences, and why: group licences are handed out in the background, and the service
 * writes down of each person what stood in the way. Which service plans exclude each other it tells nobody beforehand:
 * Microsoft's table is no longer kept, and names plans that its own later pages allow together.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-groups-resolve-problems (checked 2026-11-27)
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference (checked 2026-11-27)
 */
import { isRequestError, odata } from "../../services/index.ts";
import { en } from "../../core/i18n/phrases.ts";
import type { ResourceContext } from "../kit/define.ts";
import type { AssignedLicense } from "./license-assignments.ts";
import { RefusedError } from "../kit/refusal.ts";

/** `licenseAssignmentState.error`, and what to do about it. */
const CAUSES: Readonly<Record<string, { readonly what: string; readonly remedy: string }>> = {
  CountViolation: {
    what: "no licence left",
    remedy: "Order more licences from the licence partner, or take some from others.",
  },
  MutuallyExclusiveViolation: {
    what: "a service plan is excluded by one of their other licences",
    remedy: "Leave out one of the two products that exclude each other.",
  },
  DependencyViolation: {
    what: "a service plan needs another one that they do not have",
    remedy: "Give the product that the other one needs as well.",
  },
  ProhibitedInUsageLocationViolation: {
    what: "not allowed in their usage location, or none is set",
    remedy: "Set usageLocation to the two-letter country where they work.",
  },
  UniquenessViolation: {
    what: "somebody else has their e-mail address",
    remedy: "Give each address to one recipient.",
  },
};

interface Member {
  readonly id: string;
  readonly userPrincipalName?: string;
}

interface State {
  readonly skuId: string;
  readonly assignedByGroup: string | null;
  readonly error: string | null;
}

/**
 * @param group.only ids of those who count; everybody in the group unless told
 * @throws RefusedError `members-without-license`
 */
export async function demandNoErrors(
  context: ResourceContext,
  group: { readonly id: string; readonly name: string; readonly only?: readonly string[] },
): Promise<void> {
  const { graph } = context.service;
  const select = "$select=id,userPrincipalName,displayName";
  const everybody = await graph.all<Member>(
    `${odata`/groups/${group.id}/membersWithLicenseErrors`}?${select}`,
  );
  const people = everybody.filter(({ id }) => group.only?.includes(id) ?? true);
  if (people.length === 0) return;
  const failed = await Promise.all(
    people.map(async ({ id, userPrincipalName = id }) => ({
      name: userPrincipalName,
      errors: await errorsOf(context, { userId: id, groupId: group.id }),
    })),
  );
  const causes = [...new Set(failed.flatMap(({ errors }) => errors))].sort();
  const names = failed.map(({ name, errors }) => {
    const why = errors.map((error) => CAUSES[error]?.what ?? error);
    return why.length === 0 ? name : `${name} (${why.join("; ")})`;
  });
  const remedies = causes.flatMap((error) => CAUSES[error]?.remedy ?? []);
  throw new RefusedError({
    code: "members-without-license",
    message: `${en.list(names.sort())} did not get the licences of the group ${group.name}`,
    hint: [...remedies, "Then apply again."].join(" "),
  });
}

/** What a group gives its members; nothing where there is no such group. */
export async function licensesGivenBy(
  { service }: ResourceContext,
  groupId: string,
  options: { readonly justCreated?: boolean } = {},
): Promise<readonly AssignedLicense[]> {
  const group = await service.graph.tryGet<{ readonly assignedLicenses: AssignedLicense[] }>(
    `${odata`/groups/${groupId}`}?$select=id,assignedLicenses`,
    options,
  );
  return group?.assignedLicenses ?? [];
}

/** Each error once; none where the application may manage groups only, and read nobody. */
async function errorsOf(
  context: ResourceContext,
  ids: { readonly userId: string; readonly groupId: string },
): Promise<string[]> {
  try {
    const states = await statesOf(context, ids);
    const errors = states.flatMap(({ error }) =>
      error === null || error === "None" ? [] : [error],
    );
    return [...new Set(errors)].sort();
  } catch (error) {
    if (!isRequestError(error, "forbidden")) throw error;
    return [];
  }
}

/** What somebody has by the group, or would have if nothing stood in the way. */
export async function statesOf(
  { service }: ResourceContext,
  { userId, groupId }: { readonly userId: string; readonly groupId: string },
): Promise<readonly State[]> {
  const user = await service.graph.tryGet<{ readonly licenseAssignmentStates: readonly State[] }>(
    `${odata`/users/${userId}`}?$select=id,licenseAssignmentStates`,
  );
  return (user?.licenseAssignmentStates ?? []).filter(
    ({ assignedByGroup }) => assignedByGroup === groupId,
  );
}
