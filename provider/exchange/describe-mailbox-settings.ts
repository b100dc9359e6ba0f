/** What it means to the customer that a mailbox answers by itself, and in which language and zone it is. */
import { clauses, en, nl, object, text } from "../../core/i18n/phrases.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { isAbout, textOf } from "./describe-mail.ts";

interface Words {
  readonly nl: string;
  readonly en: string;
}

export function describeMailboxSettings(change: DescribedChange): Description {
  const name = textOf(change, "displayName") || textOf(change, "userPrincipalName");
  const said = [
    ...(isAbout(change, "automaticReplies") ? [ofReplies(change)] : []),
    ...ofValue(change, "language", { nl: "taal", en: "language" }),
    ...ofValue(change, "timeZone", { nl: "tijdzone", en: "time zone" }),
  ];
  const base = { section: "people" as const, affected: [name], severity: "routine" as const };
  if (change.operation === "adopt") {
    return {
      ...base,
      nl: `${name}: de instellingen van de mailbox worden voortaan hier beheerd`,
      en: `${name}: the settings of the mailbox are managed here from now on`,
    };
  }
  if (change.operation === "delete") {
    return {
      ...base,
      nl: `${name}: de instellingen van de mailbox gaan mee`,
      en: `${name}: the settings of the mailbox go too`,
    };
  }
  return {
    ...base,
    nl: `${name}: ${clauses(said.map((word) => word.nl)) ?? "de mailbox blijft zoals die is"}`,
    en: `${name}: ${clauses(said.map((word) => word.en)) ?? "the mailbox stays as it is"}`,
  };
}

function ofReplies({ operation, before, after }: DescribedChange): Words {
  const replies = object(after, "automaticReplies");
  const status = text(replies, "status");
  const was = text(object(before, "automaticReplies"), "status");
  if (operation === "update" && was === status) {
    return { nl: "krijgt andere automatische antwoorden", en: "gets other automatic replies" };
  }
  if (status !== "alwaysEnabled" && status !== "scheduled") {
    return { nl: "beantwoordt mail niet automatisch", en: "does not answer mail automatically" };
  }
  const when = status === "scheduled" ? periodOf(replies) : ALWAYS;
  const audience = AUDIENCES[text(replies, "externalAudience")] ?? INSIDE;
  return {
    nl: `beantwoordt mail automatisch ${when.nl}, ${audience.nl}`,
    en: `answers mail automatically ${when.en}, ${audience.en}`,
  };
}

const ALWAYS: Words = { nl: "tot nader order", en: "until further notice" };

function periodOf(replies: DescribedChange["after"]): Words {
  const [from, until] = [text(replies, "from"), text(replies, "until")];
  if (from === "" || until === "") return { nl: "in een periode", en: "in a period" };
  return {
    nl: `van ${nl.day(from)} tot en met ${nl.day(until)}`,
    en: `from ${en.day(from)} until ${en.day(until)}`,
  };
}

const INSIDE: Words = {
  nl: "alleen van binnen de organisatie",
  en: "only from inside the organisation",
};

const AUDIENCES: Readonly<Record<string, Words>> = {
  all: { nl: "ook van buiten de organisatie", en: "also from outside the organisation" },
  contactsOnly: {
    nl: "van buiten alleen aan contactpersonen",
    en: "outside only to contacts",
  },
};

function ofValue(change: DescribedChange, key: string, label: Words): Words[] {
  if (!isAbout(change, key)) return [];
  const value = text(change.after, key);
  return [
    { nl: `${label.nl} van de mailbox: ${value}`, en: `${label.en} of the mailbox: ${value}` },
  ];
}
