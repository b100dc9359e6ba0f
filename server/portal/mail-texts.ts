/** What the portal mails, in the customer's language. Nothing of what a plan changes stands in it. */
import type { Notice, NoticeSubject } from "../../operations/index.ts";
import { localeOf } from "../../core/i18n/format.ts";
import type { Language, Text } from "../../core/language.ts";
import { TEXTS } from "./texts.ts";

interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** `{company}`, `{until}`, `{by}` and `{at}` are filled in. */
interface Words {
  readonly subject: Text;
  readonly text: Text;
}

type Kind = Exclude<NoticeSubject["kind"], "applied"> | "succeeded" | "partial" | "failed";

const WORDS: Readonly<Record<Kind, Words>> = {
  waiting: {
    subject: {
      nl: "Een voorstel voor {company} wacht op u",
      en: "A proposal for {company} waits for you",
    },
    text: {
      nl: "U kunt erover beslissen tot en met {until}. Wat het voorstel inhoudt, leest u op de pagina.",
      en: "You can decide on it until {until}. The page says what it is about.",
    },
  },
  reminder: {
    subject: {
      nl: "Herinnering: een voorstel voor {company} wacht nog",
      en: "Reminder: a proposal for {company} still waits",
    },
    text: {
      nl: "U kunt er nog over beslissen tot en met {until}. Daarna vervalt het.",
      en: "You can still decide on it until {until}. Then it expires.",
    },
  },
  expired: {
    subject: {
      nl: "Een voorstel voor {company} is vervallen",
      en: "A proposal for {company} has expired",
    },
    text: {
      nl: "U kon erover beslissen tot en met {until}. Er is niets gewijzigd. Is het nog nodig, dan maakt uw beheerder een nieuw voorstel.",
      en: "It could be decided on until {until}. Nothing was changed. If it is still needed, your provider makes a new proposal.",
    },
  },
  superseded: {
    subject: {
      nl: "Een voorstel voor {company} is vervangen",
      en: "A proposal for {company} was replaced",
    },
    text: {
      nl: "Uw beheerder heeft het voorstel aangepast. Over het oude hoeft u niet meer te beslissen.",
      en: "Your provider changed the proposal. You no longer need to decide on the old one.",
    },
  },
  registration: {
    subject: {
      nl: "Wie er beslist voor {company} verandert: uw handtekening wordt gevraagd",
      en: "Who decides for {company} is to change: your signature is asked for",
    },
    text: {
      nl: "De pagina zegt wat er verandert. Vergelijk nieuwe passkeys per telefoon voordat u ondertekent. Verwacht u dit niet? Bel uw beheerder.",
      en: "The page says what changes. Compare new passkeys by telephone before you sign. Do you not expect this? Call your provider.",
    },
  },
  recovery: {
    subject: {
      nl: "Uw beheerder wil vastleggen wie er beslist voor {company}",
      en: "Your provider is about to set who decides for {company}",
    },
    text: {
      nl: "Het is aangekondigd omdat niemand meer kan ondertekenen, en kan vanaf {at}. Kunt u nog beslissen, of klopt dit niet? Log in en maak bezwaar, of bel uw beheerder, vóór die tijd.",
      en: "It was announced because nobody is left who can sign, and is possible from {at}. Can you still decide, or is this not right? Sign in and object, or call your provider, before that.",
    },
  },
  recovered: {
    subject: {
      nl: "Uw beheerder heeft vastgelegd wie er beslist voor {company}",
      en: "Your provider has set who decides for {company}",
    },
    text: {
      nl: "Dat is gebeurd op {at}, zonder handtekening van wie daarvoor besliste. Het blijft in het register staan. Klopt dit niet? Bel uw beheerder meteen.",
      en: "It was done on {at}, without a signature of those who decided before. The record says so for ever. Is this not right? Call your provider at once.",
    },
  },
  receipt: {
    subject: {
      nl: "Ontvangstbewijs van uw beslissing voor {company}",
      en: "Receipt of your decision for {company}",
    },
    text: {
      nl: "Bewaar deze mail. Was u dit niet? Bel uw beheerder meteen.",
      en: "Keep this mail. Was it not you? Call your provider at once.",
    },
  },
  refused: {
    subject: {
      nl: "Een voorstel voor {company} is afgewezen",
      en: "A proposal for {company} was rejected",
    },
    text: {
      nl: "{by} heeft het afgewezen op {at}. Het wordt niet uitgevoerd.",
      en: "{by} rejected it on {at}. It is not applied.",
    },
  },
  withdrawn: {
    subject: {
      nl: "Een beslissing voor {company} is ingetrokken",
      en: "A decision for {company} was withdrawn",
    },
    text: {
      nl: "{by} heeft de eigen beslissing ingetrokken op {at}.",
      en: "{by} withdrew their decision on {at}.",
    },
  },
  succeeded: {
    subject: {
      nl: "Een voorstel voor {company} is uitgevoerd",
      en: "A proposal for {company} was applied",
    },
    text: {
      nl: "Alles is uitgevoerd op {at}.",
      en: "All of it was applied on {at}.",
    },
  },
  partial: {
    subject: {
      nl: "Een voorstel voor {company} is deels uitgevoerd",
      en: "A proposal for {company} was partly applied",
    },
    text: {
      nl: "Een deel is uitgevoerd op {at}; de rest is niet gelukt. Uw beheerder kijkt ernaar. Wat u goedkeurde blijft gelden.",
      en: "A part was applied on {at}; the rest did not work. Your provider looks into it. What you approved stays approved.",
    },
  },
  failed: {
    subject: {
      nl: "Een voorstel voor {company} is niet uitgevoerd",
      en: "A proposal for {company} was not applied",
    },
    text: {
      nl: "Het uitvoeren is niet gelukt op {at}. Uw beheerder kijkt ernaar.",
      en: "Applying it failed on {at}. Your provider looks into it.",
    },
  },
};

const VERIFY: Text = {
  nl: "Controleren: download het bewijs op de pagina en voer uit: node verify-decision.js proof.json. Dat programma heeft niets van uw beheerder nodig. Vergelijk het kenmerk van de passkey met dat op uw contract.",
  en: "To verify: download the proof from the page and run: node verify-decision.js proof.json. That program needs nothing of your provider. Compare the passkey's fingerprint with the one on your contract.",
};

/** @param base such as `https://portal.example.com/portal/contoso` */
export function mailOf(notice: Notice, base: string): Mail {
  const { language, company } = notice;
  const { subject, text } = WORDS[notice.kind === "applied" ? notice.result : notice.kind];
  const { day, instant } = localeOf(language);
  const facts: Readonly<Record<string, string>> = {
    company,
    until: "until" in notice ? day(notice.until) : "",
    by: "by" in notice ? notice.by : "",
    at: "at" in notice ? instant(new Date(notice.at)) : "",
  };
  const filled = (words: Text): string =>
    words[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? "");
  const lines = notice.kind === "receipt" ? receiptLines(notice, { base, language }) : [];
  const link = notice.kind === "receipt" ? [] : [base];
  return {
    subject: filled(subject).replaceAll(/\s+/g, " "),
    text: [filled(text), ...link, ...lines].join("\n\n") + "\n",
  };
}

function receiptLines(
  { decision }: Extract<Notice, { readonly kind: "receipt" }>,
  { base, language }: { readonly base: string; readonly language: Language },
): readonly string[] {
  const { predicate, digest, sequence, hash } = decision;
  const rows: readonly (readonly [Text, string])[] = [
    [TEXTS.decide, TEXTS[predicate.decision][language]],
    [TEXTS.decidedOn, localeOf(language).instant(new Date(predicate.decidedAt))],
    [TEXTS.plan, `sha256:${digest}`],
    [TEXTS.document, predicate.shown.document],
    [TEXTS.entry, `${sequence}:${hash}`],
  ];
  return [
    rows.map(([label, value]) => `${label[language]}: ${value}`).join("\n"),
    VERIFY[language],
    `${base}/receipts/${sequence}`,
  ];
}
