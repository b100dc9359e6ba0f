/** What it means to the customer that addresses come and go, and who may send to a group. */
import type { Section } from "../../core/nouns.ts";
import { clauses, en, listChange, nl, objects, text, texts } from "../../core/i18n/phrases.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";

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

const textOf = ({ before, after }: DescribedChange, key: string): string =>
  text(after, key) || text(before, key);

function describe(change: DescribedChange, { section, name }: Subject): Description {
  const base = { section, affected: [name] };
  if (change.operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `${name}: de mailadressen worden voortaan hier beheerd`,
      en: `${name}: the mail addresses are managed here from now on`,
    };
  }
  if (change.operation === "delete") {
    return {
      ...base,
      severity: "routine",
      nl: `${name}: de mailadressen gaan mee`,
      en: `${name}: the mail addresses go too`,
    };
  }
  const aliases = ofAliases(change);
  const senders = ofSenders(change);
  const all = [...aliases.words, ...ofHiding(change), ...senders];
  const isSensitive = senders.length > 0 || aliases.isLoss;
  return {
    ...base,
    severity: isSensitive ? "sensitive" : "routine",
    nl: `${name}: ${clauses(all.map((word) => word.nl)) ?? "de mailadressen blijven zoals ze zijn"}`,
    en: `${name}: ${clauses(all.map((word) => word.en)) ?? "the mail addresses stay as they are"}`,
  };
}

/** Whether the change is about the key; a new one is about all that it says. */
const isAbout = ({ operation, after, changedPaths }: DescribedChange, key: string): boolean =>
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
  return { words: words.filter((word) => word !== false), isLoss: removed.length > 0 };
}

function ofHiding(change: DescribedChange): Words {
  if (!isAbout(change, "hideFromAddressLists")) return [];
  return change.after?.hideFromAddressLists === true
    ? [{ nl: "staat niet meer in de adreslijst", en: "is no longer in the address list" }]
    : [{ nl: "staat in de adreslijst", en: "is in the address list" }];
}

function ofSenders(change: DescribedChange): Words {
  const keys = ["requireSenderAuthentication", "acceptMessagesOnlyFrom"];
  if (!keys.some((key) => isAbout(change, key))) return [];
  const { after } = change;
  const names = objects(after, "acceptMessagesOnlyFrom").map((sender) => text(sender, "name"));
  if (names.length > 0) {
    return [
      {
        nl: `alleen ${nl.list(names)} ${nl.form(names.length, { one: "mag", other: "mogen" })} ernaar mailen`,
        en: `only ${en.list(names)} may send to it`,
      },
    ];
  }
  return after?.requireSenderAuthentication === false
    ? [
        {
          nl: "iedereen mag ernaar mailen, ook van buiten",
          en: "anyone may send to it, also from outside",
        },
      ]
    : [
        {
          nl: "alleen mensen van de eigen organisatie mogen ernaar mailen",
          en: "only people of the organisation may send to it",
        },
      ];
}
