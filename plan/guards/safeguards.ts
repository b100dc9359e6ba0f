/**
 * Safeguards on top of approval. Limits stop a mistake that one person overlooks; what can never be removed is
 * refused whoever approves. Pure: the changes and a few facts of the tenant in, findings out.
 */
import { assignmentIn, GLOBAL_ADMINISTRATOR } from "../../core/directory-roles.ts";
import { mustBeRemovedByName, NOUNS, SAFEGUARDED } from "../../core/nouns.ts";
import type { Safeguarded } from "../../core/nouns.ts";
import { localeOf } from "../../core/i18n/format.ts";
import { nameOfUrn } from "../../core/urn.ts";
import type { Language, Text } from "../../core/language.ts";
import type { Change, Finding } from "../model/model.ts";
import { lostOf } from "./lost.ts";
import type { Effects } from "./lost.ts";
import { bySafeguard, isListed } from "./remove-entries.ts";
import type { RemoveEntry } from "./remove-entries.ts";
import { successorOf } from "./renames.ts";
import { removes } from "./removes.ts";
import { assignments } from "./roles.ts";
import type { SafeguardRules } from "./rules.ts";

/** What the safeguards must know of the tenant besides the changes. */
export interface SafeguardFacts extends SafeguardRules {
  /** How many there are before the plan. */
  readonly existing: Readonly<Record<Safeguarded, number>>;
  readonly remove: readonly RemoveEntry[];
  /** Of what the tenant file says in so many words that this plan may go over the limit. */
  readonly allowsMany: readonly Safeguarded[];
}

export function safeguardFindings(effects: Effects, facts: SafeguardFacts): Finding[] {
  const { changes } = effects;
  return [
    ...neverGo(changes, facts),
    ...withoutEntry(changes, facts.remove),
    ...SAFEGUARDED.flatMap((what) => overLimit(what, { ...effects, facts })),
  ];
}

/** Gone, or of no use any more: an account that may not sign in is as good as none. */
const isLost = (change: Change): boolean =>
  removes(change) ||
  change.properties.some(({ path, after }) => path === "accountEnabled" && after === false);

function neverGo(changes: readonly Change[], facts: SafeguardFacts): Finding[] {
  const lost = changes.filter(isLost);
  const rolesLost = assignments(changes.filter(({ operation }) => operation === "delete"));
  const never = (
    code: Finding["code"],
    changes: readonly Change[],
    say: (names: string) => Text,
  ): Finding[] => {
    if (changes.length === 0) return [];
    const message = say(changes.map(nameOf).join(", "));
    return [{ ...bySafeguard(code, changes), message, clearedBy: "nothing" }];
  };
  const emergency = lost.filter((change) => isListed(change, facts.emergencyAccounts));
  const administrators = facts.globalAdministrators.flatMap((list) => {
    const gone = lost.filter((change) => isListed(change, list));
    const roleGone = rolesLost.filter(
      ({ roleId, user }) => roleId === GLOBAL_ADMINISTRATOR && list.includes(user),
    );
    const without = list.filter(
      (user) =>
        gone.some((change) => isListed(change, [user])) ||
        roleGone.some((one) => one.user === user),
    );
    return without.length >= list.length ? [...gone, ...roleGone.map(({ change }) => change)] : [];
  });
  const emergencyRoles = rolesLost.filter(({ user }) => facts.emergencyAccounts.includes(user));
  return [
    ...never("emergency-account-removed", emergency, (names) => ({
      nl: `Noodaccount ${names} mag nooit verdwijnen`,
      en: `Emergency access account ${names} can never be removed`,
    })),
    ...never(
      "emergency-role-removed",
      emergencyRoles.map(({ change }) => change),
      (names) => ({
        nl: `Noodaccount ${names} mag zijn beheerdersrol nooit verliezen`,
        en: `Emergency access account ${names} can never lose its administrator role`,
      }),
    ),
    ...never("last-global-administrator-removed", [...new Set(administrators)], (names) => ({
      nl: `Met ${names} verdwijnt de laatste globale beheerder`,
      en: `Removing ${names} would leave no Global Administrator`,
    })),
  ];
}

/** Of a role that somebody has, whose it is. */
const nameOf = ({ urn, name }: Change): string => assignmentIn(nameOfUrn(urn))?.user ?? name;

/** People, sites, groups and the tenant itself go only when the tenant file says why and what of the data. */
function withoutEntry(changes: readonly Change[], remove: readonly RemoveEntry[]): Finding[] {
  const entries = remove
    .filter(({ reason, data }) => reason.trim() !== "" && data.trim() !== "")
    .map(({ object }) => object);
  return changes
    .filter(removes)
    .filter(({ type }) => mustBeRemovedByName(type))
    .filter((change) => !isListed(change, entries))
    .flatMap((change): Finding[] => {
      const isTenant = change.type === NOUNS.tenant.type;
      // The old object of a replacement goes too, but its successor was declared: limits and approval see to it.
      if (!isTenant && change.operation === "replace") return [];
      const successor = successorOf(change, changes);
      if (successor !== undefined) return [renamedOrReplaced(change, successor)];
      const code = isTenant ? "tenant-removed" : "remove-entry-missing";
      const message = {
        nl: `${change.name} zou verdwijnen zonder vermelding onder “remove” met reden en wat er met de gegevens gebeurt`,
        en: `${change.name} would be removed without an entry under “remove” that says why and what happens to the data`,
      };
      return [{ ...bySafeguard(code, [change]), message, clearedBy: "declaration" }];
    });
}

/** To the engine a new name is a removal and a creation, and so is a replacement: only people know which it is. */
function renamedOrReplaced(gone: Change, successor: Change): Finding {
  if (gone.type === NOUNS.site.type) return addressKept(gone, successor);
  const isOneName = gone.name === successor.name;
  const [old, now] = [gone, successor].map(({ name, urn }) =>
    isOneName ? `${name} (${nameOfUrn(urn)})` : name,
  );
  return {
    ...bySafeguard("renamed-or-replaced", [gone, successor]),
    message: {
      nl: `${old} gaat weg en ${now} komt erbij: hernoemd of vervangen?`,
      en: `${old} is removed and ${now} is added: renamed or replaced?`,
    },
    clearedBy: "declaration",
  };
}

/** Microsoft changes a site's address in its own administration only; here the old site would go with its files. */
function addressKept(gone: Change, successor: Change): Finding {
  return {
    ...bySafeguard("site-address-changed", [gone, successor]),
    message: {
      nl: `${gone.name} krijgt een ander adres: de oude site gaat dan weg met alle bestanden, en ${successor.name} begint leeg`,
      en: `${gone.name} gets another address: the old site would be removed with all its files, and ${successor.name} would start empty`,
    },
    clearedBy: "declaration",
  };
}

function overLimit(
  what: Safeguarded,
  { changes, consequences, facts }: Effects & { readonly facts: SafeguardFacts },
): Finding[] {
  const limit = facts.limits[what];
  const { count, urns } = lostOf(what, { changes, consequences });
  const existing = facts.existing[what];
  const clearedBy = facts.allowsMany.includes(what) ? "second-approver" : "declaration";
  if (count > limit.most) {
    const message = limitMessage(what, { count, existing, most: String(limit.most) });
    return [{ code: "too-many-removed", source: "safeguard", urns, message, clearedBy }];
  }
  if (count > 1 && count > limit.mostShare * existing) {
    const most = `${Math.round(limit.mostShare * 100)}%`;
    const message = limitMessage(what, { count, existing, most });
    return [{ code: "too-large-share-removed", source: "safeguard", urns, message, clearedBy }];
  }
  return [];
}

function limitMessage(
  what: Safeguarded,
  { count, existing, most }: { count: number; existing: number; most: string },
): Text {
  const name = (language: Language): string => localeOf(language).texts.kinds[what].other;
  return {
    nl: `${count} van de ${existing} ${name("nl")} gaan weg of worden vervangen; zonder tweede beslisser is de grens ${most}`,
    en: `${count} of ${existing} ${name("en")} would be removed or replaced; without a second decision maker the limit is ${most}`,
  };
}
