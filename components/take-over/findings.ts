/** What is odd in a tenant, each with what to do about it. Told at a look and at a take-over; nothing is changed. */
import { outsideOnly } from "../../provider/index.ts";
import type { Inventory } from "../../provider/index.ts";
import { NOUNS } from "../../core/nouns.ts";
import type { Text } from "../../core/language.ts";
import { productName } from "../../core/sku-catalogue.ts";
import { MOST_GLOBAL_ADMINISTRATORS } from "../../core/finding-words.ts";
import { foundText } from "../../core/tenant-findings.ts";
import type { FindingKind } from "../../core/tenant-findings.ts";
import { isGiven } from "./overview.ts";

export interface TenantFinding {
  /** Kebab-case, for programs. */
  readonly kind: FindingKind;
  /** What was found, with its number, without a full stop. */
  readonly found: string;
  /** What to do about it, for who manages the tenant. */
  readonly fix: string;
  /** Empty where it is about the tenant as a whole. */
  readonly objects: readonly FoundObject[];
}

interface FoundObject {
  /** The same in every look: object id, product, domain. */
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  /** What more there is to say of it now, such as numbers. */
  readonly detail?: Text | undefined;
}

type Odd = Omit<TenantFinding, "found">;

/** As Graph's `companySubscription` has them; another one is shown as it comes. */
const STATUSES: Readonly<Record<string, Text>> = {
  Warning: { nl: "verlopen, werkt nog", en: "expired, still works" },
  Suspended: { nl: "stopgezet", en: "suspended" },
  Deleted: { nl: "verwijderd", en: "deleted" },
  LockedOut: { nl: "geblokkeerd", en: "locked out" },
};

/** Of the tenant as a whole. */
const SHARING = {
  kind: "sharing-with-anyone",
  fix: "Set the sharing of SharePoint to new and existing guests, after asking who uses open links.",
  objects: [],
} as const;
const NO_SECOND_STEP = {
  kind: "no-second-step-asked",
  fix: "Declare signInSecurity: securityDefaults: on, or twoStepForEveryone where there is Microsoft Entra ID P1.",
  objects: [],
} as const;
const SIGN_IN_STATES: Readonly<Record<"on" | "reportOnly" | "off", Text>> = {
  on: { nl: "geldt", en: "in force" },
  reportOnly: { nl: "telt alleen", en: "only counts" },
  off: { nl: "staat uit", en: "switched off" },
};
const NO_BACKUP = {
  kind: "no-backup",
  fix: "Add the section backup; plan refuses a tenant without it.",
  objects: [],
} as const;

export function findingsOf(inventory: Inventory): TenantFinding[] {
  const { people, guests, groups, products, tenant, subscriptions, sharing, signIn } = inventory;
  const { sites = [] } = inventory;
  const { withoutSecondStep = new Set() } = inventory;
  const administrators = administratorsIn(inventory);
  const hasTooMany = administrators.global.length > MOST_GLOBAL_ADMINISTRATORS;
  const odd: readonly Odd[] = [
    {
      kind: "federated-domain",
      fix: "Find out who runs it before anything of it is cancelled; then make the domain managed and give everybody a new password.",
      objects: tenant.federatedDomains.map((name) => ({ id: name, name })),
    },
    {
      kind: hasTooMany ? "too-many-global-administrators" : "global-administrators",
      fix: hasTooMany
        ? `Leave at most ${MOST_GLOBAL_ADMINISTRATORS}: give the others the roles that they need.`
        : "Check whether each of them is meant to have the role.",
      objects: administrators.global,
    },
    {
      kind: "blocked-with-role",
      fix: "Take the roles away: whoever lets them in again lets an administrator in.",
      objects: administrators.blocked,
    },
    {
      kind: "without-second-step",
      fix: "Have each of them register one; then require it, by security defaults or a policy.",
      objects: named(
        people.filter(
          ({ id, inputs }) => inputs.accountEnabled !== false && withoutSecondStep.has(id),
        ),
      ),
    },
    {
      kind: "sign-in-rules",
      fix: "Look at each, and whether the emergency accounts are excluded; import leaves them as they are.",
      objects: (signIn?.rules ?? []).map(({ id, name, state }) => ({
        ...{ id, name, detail: SIGN_IN_STATES[state] },
      })),
    },
    {
      kind: "forwards-outside",
      fix: "Ask the user; remove the rule if it is not theirs, and look at the sign-ins.",
      objects: forwardsOutside(inventory, inventory.forwards),
    },
    {
      kind: "forwarding-outside",
      fix: "Ask the user; turn the forwarding off in the Exchange admin center, and look in its audit log who set it.",
      objects: forwardsOutside(inventory, inventory.forwarding),
    },
    {
      kind: "open-to-everyone",
      fix: "Ask whether that is meant; if not, give access to people and groups, and take it from Everyone.",
      objects: sites
        .filter(({ access }) => access?.isOpenToEveryone === true)
        .map(({ url, title }) => ({ id: url, name: title })),
    },
    {
      kind: NOUNS.guest.listedIn,
      fix: "Ask who is still needed; the directory holds no end date for guests.",
      objects: guests
        .map(({ id, inputs }) => ({ id, name: inputs.email ?? inputs.displayName ?? id }))
        .sort(byName),
    },
    {
      kind: "ews-applications",
      fix: "Ask the vendor for a version without EWS, or take the permission full_access_as_app away.",
      objects: [...(inventory.ewsApplications ?? [])].sort(byName),
    },
    {
      kind: "blocked-with-licence",
      fix: "Take the licences back, after deciding what happens to mail and files.",
      objects: named(
        people.filter(
          ({ inputs, licenses }) => inputs.accountEnabled === false && licenses.length > 0,
        ),
      ),
    },
    {
      kind: "unused-licences",
      fix: "Order fewer at the renewal, or give them to those who need them.",
      objects: products
        .filter((product) => product.used < product.bought && !isGiven(product))
        .map(({ sku, bought, used }) => ({
          ...{ id: sku, name: productName(sku) },
          detail: { nl: `${bought - used} van de ${bought}`, en: `${bought - used} of ${bought}` },
        })),
    },
    {
      kind: "too-few-licences",
      fix: "Order more, or take licences back.",
      objects: products
        .filter(({ bought, used }) => used > bought)
        .map(({ sku, bought, used }) => ({
          ...{ id: sku, name: productName(sku) },
          detail: { nl: `${used - bought} te veel`, en: `${used - bought} too many` },
        })),
    },
    {
      kind: "subscription-ends",
      fix: "Renew it at the licence partner, or give its people another product.",
      objects: subscriptions
        .filter(({ status }) => status !== "Enabled")
        .map(({ sku, status, count, since }) => {
          const { nl, en } = STATUSES[status] ?? { nl: status, en: status };
          const order = { id: `${sku} ${since}`, name: productName(sku) };
          return { ...order, detail: { nl: `${count}, ${nl}`, en: `${count}, ${en}` } };
        }),
    },
    {
      kind: "group-without-owner",
      fix: "Name an owner in the tenant file.",
      objects: groups
        .filter(
          ({ inputs, isSynchronized }) => !isSynchronized && (inputs.owners ?? []).length === 0,
        )
        .map(({ id, inputs }) => ({ id, name: inputs.displayName }))
        .sort(byName),
    },
    {
      kind: "address-differs",
      fix: "Make them the same, then import again.",
      objects: named(
        people.filter(
          ({ inputs: { mail, userPrincipalName }, isSynchronized }) =>
            !isSynchronized &&
            mail !== undefined &&
            mail.toLowerCase() !== userPrincipalName.toLowerCase(),
        ),
      ),
    },
    {
      kind: "from-on-premises",
      fix: "Change them there; only licences, usage location and blocking are managed here.",
      objects: named(people.filter(({ isSynchronized }) => isSynchronized)),
    },
  ];
  return [
    ...odd.filter(({ objects }) => objects.length > 0),
    ...(signIn?.asksSecondStep === false ? [NO_SECOND_STEP] : []),
    ...(sharing?.sharingCapability === "ExternalUserAndGuestSharing" ? [SHARING] : []),
    NO_BACKUP,
  ].map(({ kind, ...finding }) => ({
    kind,
    found: foundText(kind, finding.objects.length, "en"),
    ...finding,
  }));
}

const byName = ({ name: one }: FoundObject, { name: other }: FoundObject): number =>
  one < other ? -1 : 1;

const named = (people: Inventory["people"]): FoundObject[] =>
  people.map(({ id, inputs }) => ({ id, name: inputs.userPrincipalName })).sort(byName);

/** Mailboxes with their addresses outside the tenant. */
function forwardsOutside(
  { people, tenant }: Inventory,
  forwards: Inventory["forwards"] = [],
): FoundObject[] {
  const names = new Map(people.map(({ id, inputs }) => [id, inputs.userPrincipalName]));
  return outsideOnly(forwards, tenant)
    .map(({ id, to }) => {
      const addresses = to.join(", ");
      return { id, name: names.get(id) ?? id, detail: { nl: addresses, en: addresses } };
    })
    .sort(byName);
}

const APPLICATION: Text = { nl: "een toepassing", en: "an application" };

/** As people know them; applications by their ids. */
function administratorsIn({ roles = [], people, guests, groups }: Inventory): {
  readonly global: readonly FoundObject[];
  readonly blocked: readonly FoundObject[];
} {
  const known = new Map([
    ...people.map(({ id, inputs }) => [id, inputs.userPrincipalName] as const),
    ...guests.map(({ id, inputs }) => [id, inputs.email ?? inputs.displayName ?? id] as const),
    ...groups.map(({ id, inputs }) => [id, inputs.displayName] as const),
  ]);
  const objectsOf = (ids: readonly string[]): FoundObject[] =>
    ids
      .map((id) => {
        const name = known.get(id);
        return name === undefined ? { id, name: id, detail: APPLICATION } : { id, name };
      })
      .sort(byName);
  const blocked = new Set(
    people.filter(({ inputs }) => inputs.accountEnabled === false).map(({ id }) => id),
  );
  const holders = new Set(roles.flatMap((role) => role.holders));
  return {
    global: objectsOf(
      roles.filter((role) => role.isGlobalAdministrator).flatMap((role) => role.holders),
    ),
    blocked: objectsOf([...holders].filter((id) => blocked.has(id))),
  };
}
