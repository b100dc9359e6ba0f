/** What a change of DNS records means to the customer. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { clauses, en, listChange, nl, text, texts } from "../../core/i18n/phrases.ts";
import type { Text } from "../../core/language.ts";

/** What people notice of the records at such a name. */
const PURPOSES: readonly (readonly [name: RegExp, purpose: Text])[] = [
  [
    /^autodiscover\./,
    { nl: "Outlook vindt er de mailboxen mee", en: "Outlook finds the mailboxes by it" },
  ],
  [
    /\._domainkey\./,
    { nl: "ontvangers herkennen er echte mail aan", en: "receivers recognise genuine mail by it" },
  ],
  [
    /^_dmarc\./,
    {
      nl: "het zegt ontvangers wat zij met valse mail doen",
      en: "it tells receivers what to do with forged mail",
    },
  ],
];

export function describeRecordSet(change: DescribedChange): Description {
  const { before, after, operation } = change;
  const now = after ?? before;
  const [name, type] = [text(now, "name"), text(now, "type")];
  const base = { section: "tenant" as const, affected: [text(now, "zone") || name] };
  const purpose = PURPOSES.find(([pattern]) => pattern.test(name))?.[1];
  const why = (language: "nl" | "en"): string =>
    purpose === undefined ? "" : ` (${purpose[language]})`;
  const inAll: Text = {
    nl: `DNS van ${name}${why("nl")}`,
    en: `DNS of ${name}${why("en")}`,
  };
  const said = saidOf(change, type);
  const others: Text = {
    nl: "; andere records van het domein blijven staan",
    en: "; the domain's other records are left alone",
  };
  switch (operation) {
    case "create":
    case "update":
    case "adopt":
      return {
        ...{ ...base, severity: "sensitive" },
        nl: `${inAll.nl}: ${said.nl}${operation === "update" ? "" : others.nl}`,
        en: `${inAll.en}: ${said.en}${operation === "update" ? "" : others.en}`,
      };
    case "replace":
      return {
        ...{ ...base, severity: "destructive" },
        nl: `${inAll.nl}: de records gaan weg en komen op een andere plaats terug${others.nl}`,
        en: `${inAll.en}: the records go and come back in another place${others.en}`,
      };
    case "delete":
      return {
        ...{ ...base, severity: "destructive" },
        nl: `${inAll.nl}: ${said.nl}; wat ervan afhangt kan ophouden te werken${others.nl}`,
        en: `${inAll.en}: ${said.en}; what depends on it may stop working${others.en}`,
      };
  }
}

type Words = readonly [come: (names: string) => string, go: (names: string) => string];

const CHANGES: Readonly<
  Record<"nl" | "en", (type: string) => readonly [values: Words, spf: Words]>
> = {
  nl: (type) => [
    [(names) => `krijgt ${type} ${names}`, (names) => `${type} ${names} gaat weg`],
    [
      (names) => `${names} mag mail van het domein versturen, naast wie dat al mag`,
      (names) => `${names} mag geen mail van het domein meer versturen`,
    ],
  ],
  en: (type) => [
    [(names) => `gets ${type} ${names}`, (names) => `${type} ${names} goes`],
    [
      (names) => `${names} may send mail of the domain, beside those who may already`,
      (names) => `${names} may no longer send mail of the domain`,
    ],
  ],
};

const OTHER = { nl: "andere gegevens veranderen", en: "other details change" } as const;

function saidOf({ before, after, operation }: DescribedChange, type: string): Text {
  // A list without anything in it comes or goes: nothing that anybody notices.
  const isOther =
    operation === "update" &&
    (["values", "spf"] as const).some(
      (key) =>
        (before?.[key] === undefined) !== (after?.[key] === undefined) &&
        texts(before, key).length + texts(after, key).length === 0,
    );
  const said = (language: "nl" | "en"): string | undefined => {
    const phrases = language === "nl" ? nl : en;
    const words = CHANGES[language](type);
    return clauses([
      ...(["values", "spf"] as const).flatMap((key, at) => {
        const { added, removed } = listChange(texts(before, key), texts(after, key));
        const [come, go] = words[at] ?? [];
        return [
          added.length > 0 && come?.(phrases.list(added)),
          removed.length > 0 && go?.(phrases.list(removed)),
        ];
      }),
      isOther && OTHER[language],
    ]);
  };
  return { nl: said("nl") ?? OTHER.nl, en: said("en") ?? OTHER.en };
}
