/**
 * Everything that a tenant has of the nouns that can be taken over, read by their own definitions. Only reads, and
 * complete, or it fails. What lies in SharePoint and at the backup vendor is not read yet.
 */
import type { Connection } from "./kit/connection.ts";
import { readingContext } from "./kit/connection.ts";
import type { ResourceContext } from "./kit/define.ts";
import { group } from "./azuread/groups/group.ts";
import type { GroupInputs } from "./azuread/groups/group-properties.ts";
import { user } from "./azuread/users/user.ts";
import type { UserInputs } from "./azuread/users/user-properties.ts";
import { demandTenant, identify } from "./directory/identity.ts";
import { groupLicense } from "./licensing/group-license.ts";
import type { License } from "./licensing/license-assignments.ts";
import { readSubscribedSkus } from "./licensing/subscribed-skus.ts";
import { RefusedError } from "./kit/refusal.ts";
import { userLicense } from "./licensing/user-license.ts";

/** Everybody with an account, and every group, each exactly once. */
export interface Inventory {
  readonly tenant: InventoriedTenant;
  readonly people: readonly InventoriedPerson[];
  readonly groups: readonly InventoriedGroup[];
  readonly products: readonly InventoriedProduct[];
}

interface InventoriedTenant {
  readonly id: string;
  readonly displayName: string;
  readonly initialDomain: string;
  /** Verified, without Microsoft's own under onmicrosoft.com; sorted. */
  readonly domains: readonly string[];
  /** Two letters; undefined where the tenant does not say. */
  readonly country: string | undefined;
  /** As a language tag, such as `nl` or `en-US`. */
  readonly language: string | undefined;
}

export interface InventoriedPerson {
  /** Object id. */
  readonly id: string;
  readonly inputs: UserInputs;
  /** Given directly. */
  readonly licenses: readonly License[];
  /** Of somebody else's tenant. */
  readonly isGuest: boolean;
  /** Mastered by a directory on premises, which would undo what is written here. */
  readonly isSynchronized: boolean;
}

export interface InventoriedGroup {
  /** Object id. */
  readonly id: string;
  readonly inputs: GroupInputs;
  readonly licenses: readonly License[];
  readonly isSynchronized: boolean;
}

interface InventoriedProduct {
  readonly sku: string;
  readonly bought: number;
  readonly used: number;
}

interface Listed {
  readonly id: string;
  readonly userType?: string | null;
  readonly onPremisesSyncEnabled?: boolean | null;
}

/** @throws RefusedError `wrong-tenant` when the credentials lead to another one */
export async function takeInventory(
  connection: Connection,
  expected: { readonly tenantId: string; readonly initialDomain: string },
): Promise<Inventory> {
  const context = readingContext(connection);
  const tenant = await readTenant(context, expected);
  const { graph } = context.service;
  const [users, groups, skus] = await Promise.all([
    graph.all<Listed>("/users?$select=id,userType,onPremisesSyncEnabled&$top=999"),
    graph.all<Listed>("/groups?$select=id,onPremisesSyncEnabled&$top=999"),
    readSubscribedSkus(context.service),
  ]);
  return {
    tenant,
    people: await Promise.all(users.map((listed) => readPerson(context, listed))),
    groups: await Promise.all(groups.map((listed) => readGroup(context, listed))),
    products: skus.map(({ skuPartNumber, prepaidUnits, consumedUnits }) => ({
      sku: skuPartNumber,
      bought: prepaidUnits.enabled,
      used: consumedUnits,
    })),
  };
}

async function readTenant(
  context: ResourceContext,
  expected: { readonly tenantId: string; readonly initialDomain: string },
): Promise<InventoriedTenant> {
  const found = await identify(context.service);
  demandTenant(found, expected);
  const [about] = await context.service.graph.all<{
    readonly countryLetterCode?: string | null;
    readonly preferredLanguage?: string | null;
  }>("/organization?$select=id,countryLetterCode,preferredLanguage");
  return {
    id: expected.tenantId,
    displayName: found.organization.displayName ?? found.initialDomain,
    initialDomain: found.initialDomain,
    domains: [...found.verifiedDomains].filter((name) => !name.endsWith(".onmicrosoft.com")).sort(),
    country: about?.countryLetterCode ?? undefined,
    language: about?.preferredLanguage ?? undefined,
  };
}

async function readPerson(context: ResourceContext, listed: Listed): Promise<InventoriedPerson> {
  const { id } = listed;
  const [account, held] = await Promise.all([
    user.read(context, { id: `/users/${id}`, previous: undefined }),
    userLicense.read(context, { id, previous: undefined }),
  ]);
  return {
    id,
    inputs: user.inputs.parse(stillThere(account, id).inputs),
    licenses: stillThere(held, id).inputs.licenses ?? [],
    isGuest: listed.userType === "Guest",
    isSynchronized: listed.onPremisesSyncEnabled === true,
  };
}

async function readGroup(context: ResourceContext, listed: Listed): Promise<InventoriedGroup> {
  const { id } = listed;
  const [found, held] = await Promise.all([
    group.read(context, { id: `/groups/${id}`, previous: undefined }),
    groupLicense.read(context, { id, previous: undefined }),
  ]);
  return {
    id,
    inputs: group.inputs.parse(stillThere(found, id).inputs),
    licenses: stillThere(held, id).inputs.licenses ?? [],
    isSynchronized: listed.onPremisesSyncEnabled === true,
  };
}

function stillThere<T>(found: T | undefined, id: string): T {
  if (found !== undefined) return found;
  throw new RefusedError({
    code: "changed-meanwhile",
    message: `${id} was there a moment ago and is gone`,
    hint: "Import again: somebody is changing the tenant.",
  });
}
