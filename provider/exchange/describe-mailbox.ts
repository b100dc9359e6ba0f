/** What it means to the customer that a mailbox of several people, a room or equipment comes or goes, and who may open it and send from it. */
import { clauses, en, nl, objects, text } from "../../core/i18n/phrases.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { isAbout, ofAliases, textOf } from "./describe-mail.ts";

const WHAT = {
  shared: { nl: "De gedeelde mailbox", en: "The shared mailbox" },
  room: { nl: "De mailbox van de ruimte", en: "The mailbox of the room" },
  equipment: { nl: "De mailbox van het apparaat", en: "The mailbox of the equipment" },
} as const;

/** What it becomes. */
const BECOMES = {
  shared: {
    nl: "wordt een gedeelde mailbox, die niet meer te reserveren is",
    en: "becomes a shared mailbox, which can no longer be booked",
  },
  room: {
    nl: "wordt de mailbox van een ruimte, die te reserveren is",
    en: "becomes the mailbox of a room, which can be booked",
  },
  equipment: {
    nl: "wordt de mailbox van een apparaat of voertuig, dat te reserveren is",
    en: "becomes the mailbox of equipment, which can be booked",
  },
} as const;

const typeOf = (properties: DescribedChange["after"]): keyof typeof WHAT => {
  const type = text(properties, "type");
  return type === "room" || type === "equipment" ? type : "shared";
};

export function describeSharedMailbox(change: DescribedChange): Description {
  const { operation, before, after, changedPaths } = change;
  const name = textOf(change, "displayName");
  const address = textOf(change, "address");
  const base = { section: "mailboxes" as const, affected: [name] };
  const both = `${name} (${address})`;
  const what = WHAT[typeOf(after ?? before)];
  switch (operation) {
    case "create":
      return {
        ...base,
        severity: "routine",
        nl: `${what.nl} ${both} komt erbij; niemand kan er zelf mee inloggen`,
        en: `${what.en} ${both} is added; nobody can sign in as it`,
      };
    case "adopt":
      return {
        ...base,
        severity: "routine",
        nl: `${what.nl} ${both} bestaat al en wordt voortaan hier beheerd`,
        en: `${what.en} ${both} already exists and is managed here from now on`,
      };
    case "delete":
      return {
        ...base,
        severity: "destructive",
        nl: `${what.nl} ${both} wordt verwijderd, met alle mail; 30 dagen terug te halen`,
        en: `${what.en} ${both} is removed with all its mail; it can be restored for 30 days`,
      };
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `${what.nl} ${name} wordt verwijderd en leeg opnieuw gemaakt als ${address}`,
        en: `${what.en} ${name} is removed and made anew, empty, as ${address}`,
      };
    case "update": {
      const keys = new Set(changedPaths.map(topLevelKey));
      const aliases = ofAliases(change);
      const isBlocked = after?.accountEnabled === false;
      const was = text(before, "displayName");
      const said = [
        ...(keys.has("displayName")
          ? [
              {
                nl: `heet voortaan zo (was ${nl.value(was)})`,
                en: `is called so from now on (was ${en.value(was)})`,
              },
            ]
          : []),
        ...(keys.has("accountEnabled")
          ? [
              isBlocked
                ? {
                    nl: "niemand kan er meer mee inloggen",
                    en: "nobody can sign in as it any more",
                  }
                : { nl: "kan voortaan zelf inloggen", en: "can sign in from now on" },
            ]
          : []),
        ...(keys.has("type") ? [BECOMES[typeOf(after)]] : []),
        ...aliases.words,
      ];
      return {
        ...base,
        severity:
          keys.has("accountEnabled") || keys.has("type") || aliases.isLoss
            ? "sensitive"
            : "routine",
        nl: `${name}: ${clauses(said.map((one) => one.nl)) ?? "andere gegevens veranderen"}`,
        en: `${name}: ${clauses(said.map((one) => one.en)) ?? "other details change"}`,
      };
    }
  }
}

/** `no` is empty, or says that it is over. */
const KINDS = {
  fullAccess: {
    nl: (can: string, no: string) => `${can} de mailbox ${no}openen`,
    en: (no: string) => `can ${no}open the mailbox`,
  },
  sendAs: {
    nl: (can: string, no: string) => `${can} ${no}als de mailbox mailen`,
    en: (no: string) => `can ${no}send as the mailbox`,
  },
  sendOnBehalf: {
    nl: (can: string, no: string) => `${can} ${no}namens de mailbox mailen`,
    en: (no: string) => `can ${no}send on behalf of the mailbox`,
  },
} as const;

export const CAN = { one: "kan", other: "kunnen" };

/** On the page they are with the person. */
export const describeUserMailboxPermissions = (change: DescribedChange): Description => ({
  ...describeMailboxPermissions(change),
  section: "people",
});

export function describeMailboxPermissions(change: DescribedChange): Description {
  const { operation, before, after } = change;
  const name = textOf(change, "displayName") || textOf(change, "mailbox");
  const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
  const isStart = operation === "create" || operation === "adopt" || operation === "replace";
  const changes = kinds.map((kind) => {
    const was = isStart ? [] : namesOf(before, kind);
    const is = operation === "delete" ? [] : namesOf(after, kind);
    return {
      kind,
      isNobody: is.length === 0 && was.length === 0 && isAbout(change, kind),
      come: is.filter(([who]) => !was.some(([other]) => other === who)),
      gone: was.filter(([who]) => !is.some(([other]) => other === who)).map(([who]) => who),
    };
  });
  const base = {
    section: "mailboxes" as const,
    affected: [
      ...new Set(changes.flatMap(({ come, gone }) => [...come.map(([who]) => who), ...gone])),
    ],
  };
  if (operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `${name}: wie de mailbox kan openen, wordt voortaan hier beheerd`,
      en: `${name}: who can open the mailbox is managed here from now on`,
    };
  }
  const dutch = changes.flatMap(({ kind, come, gone, isNobody }) => {
    const said = come.map(([who, until, reason]) =>
      withWords(who, [until === "" ? "" : `tot en met ${nl.day(until)}`, reason]),
    );
    return [
      come.length > 0 && `${nl.list(said)} ${KINDS[kind].nl(nl.form(come.length, CAN), "")}`,
      gone.length > 0 &&
        `${nl.list(gone)} ${KINDS[kind].nl(nl.form(gone.length, CAN), "niet meer ")}`,
      isNobody && `niemand ${KINDS[kind].nl("kan", "")}`,
    ];
  });
  const english = changes.flatMap(({ kind, come, gone, isNobody }) => {
    const said = come.map(([who, until, reason]) =>
      withWords(who, [until === "" ? "" : `until ${en.day(until)}`, reason]),
    );
    return [
      come.length > 0 && `${en.list(said)} ${KINDS[kind].en("")}`,
      gone.length > 0 && `${en.list(gone)} ${KINDS[kind].en("no longer ")}`,
      isNobody && `nobody ${KINDS[kind].en("")}`,
    ];
  });
  return {
    ...base,
    severity: "sensitive",
    nl: `${name}: ${clauses(dutch) ?? "niemand krijgt of verliest toegang"}`,
    en: `${name}: ${clauses(english) ?? "nobody gets or loses access"}`,
  };
}

const namesOf = (
  properties: DescribedChange["after"],
  kind: string,
): [who: string, until: string, reason: string][] =>
  objects(properties, kind).map((one) => [
    ...([text(one, "userPrincipalName"), text(one, "until")] as const),
    text(one, "reason"),
  ]);

/** "Daan Visser (tot en met 30 juni 2027, vervangt de balie)" */
export function withWords(who: string, words: readonly string[]): string {
  const said = words.filter((word) => word !== "");
  return said.length === 0 ? who : `${who} (${said.join(", ")})`;
}
