/**
 * Everything that a tenant has of the nouns that can be taken over, read by their own definitions. Only reads, and
 * complete, or it fails; what the application may not read as a whole is named. What lies at the backup vendor is read
 * by backup/backup-inventory.ts.
 */
import type { Connection } from "./kit/connection.ts";
import { readingContext } from "./kit/connection.ts";
import type { ResourceContext } from "./kit/define.ts";
import { group } from "./azuread/groups/group.ts";
import type { GroupInputs } from "./azuread/groups/group-properties.ts";
import { readSignInRules } from "./azuread/conditional-access/sign-in-rules.ts";
import type { SignInRules } from "./azuread/conditional-access/sign-in-rules.ts";
import { user } from "./azuread/users/user.ts";
import type { UserInputs } from "./azuread/users/user-properties.ts";
import { readAdministrators } from "./directory/administrators.ts";
import type { InventoriedRole } from "./directory/administrators.ts";
import { readEwsApplications } from "./directory/ews-applications.ts";
import type { InventoriedApplication } from "./directory/ews-applications.ts";
import { readMail } from "./exchange/mail-inventory.ts";
import type { InventoriedMail } from "./exchange/mail-inventory.ts";
import { guest } from "./directory/guest.ts";
import type { GuestInputs } from "./directory/guest.ts";
import { LISTED_GROUPS, LISTED_USERS } from "./directory/listed.ts";
import { readForwards } from "./directory/inbox-rules.ts";
import type { InventoriedForward } from "./directory/inbox-rules.ts";
import { demandTenant, identify } from "./directory/identity.ts";
import { readWithoutSecondStep } from "./directory/second-step.ts";
import { readForwarding } from "./exchange/forwarding.ts";
import { foundIn, notReadOf } from "./permissions.ts";
import type { NotRead } from "./permissions.ts";
import { readCompanySubscriptions } from "./licensing/company-subscriptions.ts";
import type { InventoriedSubscription } from "./licensing/company-subscriptions.ts";
import { groupLicense } from "./licensing/group-license.ts";
import type { License } from "./licensing/license-assignments.ts";
import { readSubscribedSkus } from "./licensing/subscribed-skus.ts";
import { stillThere } from "./kit/refusal.ts";
import { userLicense } from "./licensing/user-license.ts";
import { readSites } from "./sharepoint/site-inventory.ts";
import type { InventoriedSite } from "./sharepoint/site-inventory.ts";
import type { SharePointSettings } from "./sharepoint/sharepoint-settings.ts";
import { readTenantSharing } from "./sharepoint/tenant-sharing.ts";

/** Everybody with an account, and every group, each exactly once. */
export interface Inventory {
  readonly tenant: InventoriedTenant;
  readonly people: readonly InventoriedPerson[];
  readonly guests: readonly InventoriedGuest[];
  readonly groups: readonly InventoriedGroup[];
  readonly products: readonly InventoriedProduct[];
  readonly subscriptions: readonly InventoriedSubscription[];
  /** Roles that somebody has; undefined when nobody looked. */
  readonly roles: readonly InventoriedRole[] | undefined;
  /** Each exactly once, with personal ones and those of groups; undefined when nobody looked. */
  readonly sites: readonly InventoriedSite[] | undefined;
  /** Object ids of those without a second way to sign in; undefined when nobody looked. */
  readonly withoutSecondStep: ReadonlySet<string> | undefined;
  /** Mailboxes whose rules send mail on; undefined when nobody looked. */
  readonly forwards: readonly InventoriedForward[] | undefined;
  /** Mailboxes that send all of it on by a setting of their own; undefined when nobody looked. */
  readonly forwarding: readonly InventoriedForward[] | undefined;
  /** Aliases, groups with mail and shared mailboxes; undefined when nobody looked. */
  readonly mail: InventoriedMail | undefined;
  /** What holds for all of SharePoint; undefined when nobody looked. */
  readonly sharing: SharePointSettings | undefined;
  /** Applications that may reach every mailbox through EWS; undefined when nobody looked. */
  readonly ewsApplications: readonly InventoriedApplication[] | undefined;
  /** What is asked of people who sign in; undefined when nobody looked. */
  readonly signIn: SignInRules | undefined;
  readonly notRead: readonly NotRead[];
}

interface InventoriedTenant {
  readonly id: string;
  readonly displayName: string;
  readonly initialDomain: string;
  /** Verified, without Microsoft's own under onmicrosoft.com; sorted. */
  readonly domains: readonly string[];
  /** Added, and not verified yet; sorted. */
  readonly unverifiedDomains: readonly string[];
  /** Of the verified ones, those whose people sign in at another service; sorted. */
  readonly federatedDomains: readonly string[];
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
  /** Mastered by a directory on premises, which would undo what is written here. */
  readonly isSynchronized: boolean;
}

/** Of somebody else's tenant. */
export interface InventoriedGuest {
  /** Object id. */
  readonly id: string;
  readonly inputs: Partial<GuestInputs>;
  /** Has not accepted the invitation yet. */
  readonly isPending: boolean;
}

export interface InventoriedGroup {
  /** Object id. */
  readonly id: string;
  readonly inputs: GroupInputs;
  readonly licenses: readonly License[];
  readonly isSynchronized: boolean;
}

interface InventoriedProduct {
  /** Of the `subscribedSku`. */
  readonly id: string;
  readonly sku: string;
  readonly bought: number;
  readonly used: number;
}

interface Listed {
  readonly id: string;
  readonly displayName?: string | null;
  readonly mail?: string | null;
  readonly onPremisesSyncEnabled?: boolean | null;
}

interface ListedUser extends Listed {
  readonly accountEnabled?: boolean | null;
  readonly userPrincipalName: string;
  readonly userType?: string | null;
}

interface ListedGroup extends Listed {
  readonly mailNickname?: string | null;
}

/** What a tenant has, each exactly once, as far as two listings say it. */
export interface Directory {
  readonly people: readonly DirectoryObject[];
  readonly guests: readonly DirectoryObject[];
  readonly groups: readonly DirectoryObject[];
}

export interface DirectoryObject {
  /** Object id. */
  readonly id: string;
  /** Under which the state has it once it is managed. */
  readonly resourceId: string;
  /** By which the tenant file names it: user principal name, mail address of a guest, mail nickname of a group. */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  /** User principal name; of guests and groups their mail address, if they have one. */
  readonly address: string | undefined;
  /** Of people who may not sign in. */
  readonly isBlocked?: true;
}

/** @throws RefusedError `wrong-tenant` when the credentials lead to another one */
export async function takeInventory(
  connection: Connection,
  expected: { readonly tenantId: string; readonly initialDomain: string },
): Promise<Inventory> {
  const context = readingContext(connection);
  const tenant = await readTenant(context, expected);
  const [users, groups, skus, subscriptions] = await Promise.all([
    listUsers(context),
    listGroups(context),
    readSubscribedSkus(context.service),
    readCompanySubscriptions(context, tenant.country ?? "NL"),
  ]);
  const [
    sites,
    administrators,
    secondStep,
    inboxRules,
    forwarding,
    sharing,
    ewsApplications,
    signIn,
  ] = await Promise.all([
    readSites(context, expected),
    readAdministrators(context),
    readWithoutSecondStep(context),
    readForwards(
      context,
      users.filter((listed) => !isGuest(listed)),
    ),
    readForwarding(context),
    readTenantSharing(context),
    readEwsApplications(context),
    readSignInRules(context),
  ]);
  const readGroups = await Promise.all(groups.map((listed) => readGroup(context, listed)));
  const mail = await readMail(
    context,
    readGroups
      .filter(({ inputs }) => inputs.mailEnabled === true)
      .map(({ id, inputs }) => ({ id, isUnified: inputs.types?.includes("Unified") === true })),
  );
  return {
    tenant,
    people: await Promise.all(
      users.filter((listed) => !isGuest(listed)).map((listed) => readPerson(context, listed)),
    ),
    guests: await Promise.all(users.filter(isGuest).map((listed) => readGuest(context, listed))),
    groups: readGroups,
    products: skus.map(({ id, skuPartNumber, prepaidUnits, consumedUnits }) => ({
      id,
      sku: skuPartNumber,
      bought: prepaidUnits.enabled,
      used: consumedUnits,
    })),
    subscriptions,
    sites: foundIn(sites),
    roles: foundIn(administrators),
    withoutSecondStep: foundIn(secondStep),
    forwards: foundIn(inboxRules),
    forwarding: foundIn(forwarding),
    mail: foundIn(mail),
    sharing: foundIn(sharing),
    ewsApplications: foundIn(ewsApplications),
    signIn: foundIn(signIn),
    notRead: notReadOf({
      ...{ sites, administrators, sharing },
      ...{ "second-step": secondStep, "inbox-rules": inboxRules, forwarding, mail },
      ...{ "ews-applications": ewsApplications, "sign-in-rules": signIn },
    }),
  };
}

/** One request for each thousand users, and one for each thousand groups. */
export async function listDirectory(connection: Connection): Promise<Directory> {
  const context = readingContext(connection);
  const [users, groups] = await Promise.all([listUsers(context), listGroups(context)]);
  const [guests, people] = [users.filter(isGuest), users.filter((listed) => !isGuest(listed))];
  return {
    people: people.map((listed) => ({
      ...{ ...userOf(listed), address: listed.userPrincipalName },
      ...(listed.accountEnabled === false ? { isBlocked: true as const } : {}),
    })),
    guests: guests.map((listed) => ({
      ...userOf(listed),
      key: listed.mail ?? listed.userPrincipalName,
      address: listed.mail ?? undefined,
    })),
    groups: groups.map(({ id, mailNickname, displayName, mail }) => ({
      ...{ id, resourceId: `/groups/${id}`, key: mailNickname ?? id },
      ...{ name: displayName ?? mailNickname ?? id, address: mail ?? undefined },
    })),
  };
}

const userOf = ({ id, userPrincipalName, displayName }: ListedUser) => ({
  ...{ id, resourceId: `/users/${id}`, key: userPrincipalName },
  name: displayName ?? userPrincipalName,
});

const listUsers = ({ service: { graph } }: ResourceContext): Promise<readonly ListedUser[]> =>
  graph.allOf<ListedUser>(LISTED_USERS);

const listGroups = ({ service: { graph } }: ResourceContext): Promise<readonly ListedGroup[]> =>
  graph.allOf<ListedGroup>(LISTED_GROUPS);

const isGuest = ({ userType }: ListedUser): boolean => userType === "Guest";

async function readTenant(
  context: ResourceContext,
  expected: { readonly tenantId: string; readonly initialDomain: string },
): Promise<InventoriedTenant> {
  const found = await identify(context.service);
  demandTenant(found, expected);
  const { displayName, countryLetterCode, preferredLanguage } = found.organization;
  return {
    id: expected.tenantId,
    displayName: displayName ?? found.initialDomain,
    initialDomain: found.initialDomain,
    domains: [...found.verifiedDomains].filter((name) => !name.endsWith(".onmicrosoft.com")).sort(),
    unverifiedDomains: found.unverifiedDomains,
    federatedDomains: found.federatedDomains,
    country: countryLetterCode ?? undefined,
    language: preferredLanguage ?? undefined,
  };
}

async function readPerson(
  context: ResourceContext,
  listed: ListedUser,
): Promise<InventoriedPerson> {
  const { id } = listed;
  const [account, held] = await Promise.all([
    user.read(context, { id: `/users/${id}`, previous: undefined }),
    userLicense.read(context, { id, previous: undefined }),
  ]);
  return {
    id,
    inputs: user.inputs.parse(stillThere(account, id).inputs),
    licenses: stillThere(held, id).inputs.licenses ?? [],
    isSynchronized: listed.onPremisesSyncEnabled === true,
  };
}

async function readGuest(context: ResourceContext, { id }: Listed): Promise<InventoriedGuest> {
  const found = await guest.read(context, { id: `/users/${id}`, previous: undefined });
  const { inputs, outputs } = stillThere(found, id);
  return { id, inputs, isPending: outputs.externalUserState === "PendingAcceptance" };
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
