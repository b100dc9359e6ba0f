/** What it means to the customer that addresses come and go, where mail goes, and who may send to a group. */
import type { Section } from "../../core/nouns.ts";
import { clauses, en, listChange, nl, objects, text, texts } from "../../core/i18n/phrases.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { limitWords } from "./mailbox-limits.ts";

type Words = readonly { readonly nl: string; readonly en: string }[];

interface Subject {
  readonly section: Section;
  readonly name: string;
}

export const describeUserMail = (change: DescribedChange): Description =>
  describe(change, {
    section: "people",
    name: textOf(change, "displayName") || textOf(change, "userPrincipalName"),
  });

export const describeGroupMail = (change: DescribedChange): Description =>
  describe(change, {
    section: "groups",
    name: textOf(change, "groupDisplayName") || textOf(change, "groupName"),
  });

/** Of what it becomes, or of what it was. */
export const textOf = ({ before, after }: DescribedChange, key: string): string =>
  text(after, key) || text(before, key);

function describe(change: DescribedChange, { section, name }: Subject): Description {
  const base = { section, affected: [name] };
  if (change.operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `${name}: de mailinstellingen worden voortaan hier beheerd`,
      en: `${name}: the mail settings are managed here from now on`,
    };
  }
  if (change.operation === "delete") {
    return {
      ...base,
      severity: "routine",
      nl: `${name}: de mailinstellingen gaan mee`,
      en: `${name}: the mail settings go too`,
    };
  }
  const aliases = ofAliases(change);
  const senders = ofSenders(change);
  const forwarding = ofForwarding(change);
  const all = [
    ...[...aliases.words, ...forwarding, ...ofHold(change), ...ofArchive(change)],
    ...[...limitWords(change, (key) => isAbout(change, key)), ...ofHiding(change), ...senders],
  ];
  const letsOldProgramsIn =
    isAbout(change, "smtpClientAuthenticationDisabled") &&
    change.after?.smtpClientAuthenticationDisabled === false;
  const isSensitive = senders.length + forwarding.length > 0 || aliases.isLoss || letsOldProgramsIn;
  return {
    ...base,
    severity: endsHold(change) ? "destructive" : isSensitive ? "sensitive" : "routine",
    nl: `${name}: ${clauses(all.map((word) => word.nl)) ?? "de mail blijft zoals die is"}`,
    en: `${name}: ${clauses(all.map((word) => word.en)) ?? "mail stays as it is"}`,
  };
}

/** Whether the change is about the key; a new one is about all that it says. */
export const isAbout = (
  { operation, after, changedPaths }: DescribedChange,
  key: string,
): boolean =>
  operation === "update"
    ? changedPaths.some((path) => topLevelKey(path) === key)
    : after?.[key] !== undefined;

export function ofAliases(change: DescribedChange): { words: Words; isLoss: boolean } {
  const { before, after, operation } = change;
  if (!isAbout(change, "aliases")) return { words: [], isLoss: false };
  const was = operation === "update" ? texts(before, "aliases") : [];
  const { added, removed } = listChange(was, texts(after, "aliases"));
  const words = [
    added.length > 0 && {
      nl: `ontvangt ook mail op ${nl.list(added)}`,
      en: `also receives mail at ${en.list(added)}`,
    },
    removed.length > 0 && {
      nl: `ontvangt geen mail meer op ${nl.list(removed)}`,
      en: `no longer receives mail at ${en.list(removed)}`,
    },
  ];
  const said = words.filter((word) => word !== false);
  const none = { nl: "heeft geen ander mailadres", en: "has no other mail address" };
  return { words: said.length === 0 ? [none] : said, isLoss: removed.length > 0 };
}

function ofForwarding(change: DescribedChange): Words {
  const { after } = change;
  const to = text(after, "forwardingSmtpAddress");
  const words = [
    isAbout(change, "forwardingSmtpAddress") &&
      (to === ""
        ? { nl: "mail wordt niet doorgestuurd", en: "mail is not forwarded" }
        : { nl: `mail wordt doorgestuurd naar ${to}`, en: `mail is forwarded to ${to}` }),
    isAbout(change, "deliverToMailboxAndForward") &&
      (after?.deliverToMailboxAndForward === true
        ? { nl: "doorgestuurde mail blijft ook hier", en: "forwarded mail stays here too" }
        : {
            nl: "van doorgestuurde mail blijft hier niets",
            en: "nothing of forwarded mail stays here",
          }),
  ];
  return words.filter((word) => word !== false);
}

/** What a person deleted long ago is gone for good after it. */
const endsHold = (change: DescribedChange): boolean =>
  isAbout(change, "litigationHoldEnabled") &&
  change.before?.litigationHoldEnabled === true &&
  change.after?.litigationHoldEnabled === false;

function ofHold(change: DescribedChange): Words {
  if (!isAbout(change, "litigationHoldEnabled")) return [];
  return change.after?.litigationHoldEnabled === true
    ? [
        {
          nl: "alle mail wordt bewaard, ook wat verwijderd wordt (juridische bewaring)",
          en: "all mail is kept, also what is deleted (litigation hold)",
        },
      ]
    : [
        {
          nl: "verwijderde mail wordt niet langer bewaard (geen juridische bewaring)",
          en: "deleted mail is no longer kept (no litigation hold)",
        },
      ];
}

function ofArchive(change: DescribedChange): Words {
  if (!isAbout(change, "archiveEnabled")) return [];
  return change.after?.archiveEnabled === true
    ? [{ nl: "krijgt een archiefmailbox", en: "gets an archive mailbox" }]
    : [{ nl: "heeft geen archiefmailbox", en: "has no archive mailbox" }];
}

function ofHiding(change: DescribedChange): Words {
  if (!isAbout(change, "hideFromAddressLists")) return [];
  return change.after?.hideFromAddressLists === true
    ? [{ nl: "staat niet in de adreslijst", en: "is not in the address list" }]
    : [{ nl: "staat in de adreslijst", en: "is in the address list" }];
}

function ofSenders(change: DescribedChange): Words {
  return [...ofOutsiders(change), ...ofNamedSenders(change)];
}

function ofOutsiders(change: DescribedChange): Words {
  if (!isAbout(change, "requireSenderAuthentication")) return [];
  return change.after?.requireSenderAuthentication === false
    ? [{ nl: "ontvangt ook mail van buiten", en: "also receives mail from outside" }]
    : [{ nl: "ontvangt geen mail van buiten", en: "receives no mail from outside" }];
}

type Sender = readonly [id: string, name: string];

/** Nobody is named: whoever may send at all may send to it. */
function ofNamedSenders(change: DescribedChange): Words {
  const { before, after, operation } = change;
  if (!isAbout(change, "acceptMessagesOnlyFrom")) return [];
  const senders = (side: DescribedChange["after"]): Sender[] =>
    objects(side, "acceptMessagesOnlyFrom").map((one) => [text(one, "id"), text(one, "name")]);
  const [was, is] = [operation === "update" ? senders(before) : [], senders(after)];
  const without = (list: readonly Sender[], others: readonly Sender[]): string[] =>
    list.filter(([id]) => !others.some(([other]) => other === id)).map(([, name]) => name);
  const gone = without(was, is);
  // The same name on another account: whoever had it is gone.
  const renewed = without(is, was).filter((name) => gone.includes(name));
  const isOther = (name: string): boolean => !renewed.includes(name);
  const [added, removed] = [without(is, was).filter(isOther), gone.filter(isOther)];
  const may = (list: readonly string[]): string =>
    nl.form(list.length, { one: "mag", other: "mogen" });
  const words = [
    added.length > 0 && {
      nl: `${nl.list(added)} ${may(added)} ernaar mailen, anderen alleen als ze ook genoemd zijn`,
      en: `${en.list(added)} may send to it, others only where they are named too`,
    },
    renewed.length > 0 && {
      nl: `${nl.list(renewed)} ${may(renewed)} er met een nieuw account weer naar mailen`,
      en: `${en.list(renewed)} may send to it again, with a new account`,
    },
    removed.length > 0 && {
      nl: `${nl.list(removed)} ${nl.form(removed.length, { one: "staat", other: "staan" })} niet meer bij wie ernaar mag mailen`,
      en: `${en.list(removed)} ${en.form(removed.length, { one: "is", other: "are" })} no longer named among those who may send to it`,
    },
    is.length === 0 && {
      nl: "wie ernaar mag mailen, is niet tot een lijst beperkt",
      en: "no list limits who may send to it",
    },
  ];
  return words.filter((word) => word !== false);
}
