import { describe, expect, it } from "vitest";
import { NOUNS } from "../../core/nouns.ts";
import { en } from "../../core/i18n/en.ts";
import { nl } from "../../core/i18n/nl.ts";
import type { Language } from "../../core/language.ts";
import { viewOf } from "../../views/plan-view.ts";
import { renderHtml } from "../../views/render-html.tsx";
import { renderMarkdown } from "../../views/render-markdown.ts";
import { HOSTILE } from "../plan/hostile.ts";
import { aChange, aPlan, property } from "../plan/support.ts";
import { PROPOSALS } from "./proposals.ts";

const FACTS = {
  asOf: "2026-11-22T09:30:00.000Z",
  requestedBy: ["jip@beheer.example"],
  reason: "Wijzigingen van december",
};

/** What a person reads without unfolding anything, in the order in which it stands there. */
function readable(html: string, language: Language): string {
  const other = language === "nl" ? "en" : "nl";
  return html
    .replaceAll(new RegExp(`<bdi lang="${other}">[^<]*</bdi>`, "g"), "")
    .replaceAll(/<ol class="c">[^]*?<\/ol>/g, "")
    .replace(/^[^]*<main>/, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
}

const cases = Object.entries(PROPOSALS);

describe.each(cases)("the page of %s", (_name, plan) => {
  const html = renderHtml(plan, FACTS);

  it.each(["nl", "en"] as const)(
    "says in %s before the fold who asks, what commits, what goes",
    (language) => {
      const texts = language === "nl" ? nl : en;
      const text = readable(html, language);
      const screen = text.slice(0, text.indexOf(texts.changes));
      const labels = Object.entries(texts.facts)
        .filter(([id]) => plan.findings.length === 0 || !["agree", "deadline"].includes(id))
        .filter(([id]) => id !== "cost" || plan.changes.some(({ cost }) => cost !== undefined))
        .map(([, label]) => label);
      expect(labels.map((label) => screen.indexOf(label))).toEqual(
        labels.map((label) => screen.indexOf(label)).toSorted((one, other) => one - other),
      );
      for (const label of labels) expect(screen).toContain(label);
      expect(screen).toContain(FACTS.reason);
      // What a phone of 390 by 844 shows at this size of type.
      expect(screen.length).toBeLessThan(700);
    },
  );

  it("shows each change under one line, and nothing of the other language alone", () => {
    const views = { nl: viewOf(plan, { language: "nl" }), en: viewOf(plan, { language: "en" }) };
    const urns = views.nl.net.flatMap(({ rows }) =>
      rows.flatMap(({ changes }) => changes.map(({ urn }) => urn)),
    );
    const expected = plan.changes.map(({ urn }) => urn);
    expect(urns.filter((urn) => urn !== "").toSorted()).toEqual(expected.toSorted());
    const shape = ({ net, facts }: typeof views.nl) => [
      net.map(({ id, rows }) => [id, rows.map(({ changes }) => changes.map(({ urn }) => urn))]),
      facts.map(({ id, lines }) => [id, lines.length]),
    ];
    expect(shape(views.nl)).toEqual(shape(views.en));
  });

  it("fits a pull request within 5 kB, in both languages, in the same order", () => {
    for (const language of ["nl", "en"] as const) {
      const text = renderMarkdown(plan, { language, facts: FACTS });
      expect(Buffer.byteLength(text)).toBeLessThan(5000);
      for (const { title } of viewOf(plan, { language }).net) expect(text).toContain(title);
    }
  });
});

const linesOf = (name: string, language: Language = "en"): string[] => {
  const plan = PROPOSALS[name];
  if (plan === undefined) throw new Error(`There is no ${name}`);
  return viewOf(plan, { language }).net.flatMap(({ rows }) =>
    rows.map(({ name: who, line }) => `${who}: ${line}`),
  );
};

describe("the lines of people and places", () => {
  it("are one a person, whatever happens to them", () => {
    expect(linesOf("a first plan")).toHaveLength(27);
    expect(linesOf("a first plan")).toContain(
      "Medewerker Nummer7: new account; joins Kantoor; gets Microsoft 365 Business Premium; site Kantoorhandboek: read",
    );
    expect(linesOf("a first plan", "nl")).toContain(
      "Medewerker Nummer7: nieuw account; wordt lid van Kantoor; krijgt Microsoft 365 Business Premium; site Kantoorhandboek: lezen",
    );
  });

  it("begin with what goes and what is committed to", () => {
    expect(linesOf("a month's changes")).toEqual([
      "Bas Kok: account, mailbox and OneDrive are removed (can be restored for 30 days)",
      "Medewerker Nummer1: leaves Kantoor",
      "Medewerker Nummer3: can no longer sign in",
      "Chris de Haan: new account; joins Kantoor",
      "Medewerker Nummer2: job title: Medewerker → Kandidaat-notaris",
      "Kantoor: added: Chris de Haan; removed: Bas Kok and Medewerker Nummer1",
    ]);
    expect(linesOf("one licence more")).toEqual([
      "Microsoft 365 Business Premium: 25 → 26 licences, committed until 1 February 2027, €20.60 a month more",
    ]);
  });

  it("name what people lose and get in the end, over all ways (K2, N4)", () => {
    const lines = linesOf("people out of a licence group");
    expect(lines).toEqual(
      expect.arrayContaining([
        "Medewerker Nummer1: leaves Kantoor; site HR: loses access; switches from Exchange Online (Plan 1) to Microsoft 365 Business Premium; library Dossiers (HR): edit → read",
        "Medewerker Nummer2: leaves Kantoor; loses Microsoft 365 Business Premium (as far as is known here); loses the mailbox (can be restored for 30 days) (as far as is known here)",
        "Medewerker Nummer3: leaves Kantoor; Microsoft 365 Business Premium now directly as well",
        "Medewerker Nummer14: switches from Microsoft 365 Business Premium to Visio Plan 2; may have neither for a few seconds during the switch, because all licences are in use",
        "Medewerker Nummer4: leaves Kantoor; loses Microsoft 365 Business Premium; loses the mailbox (can be restored for 30 days)",
      ]),
    );
  });

  it("stand on the first screen where somebody is left with less, those with the same loss together", () => {
    const plan = PROPOSALS["people out of a licence group"];
    const facts = plan === undefined ? [] : viewOf(plan, { language: "nl" }).facts;
    expect(facts.find(({ id }) => id === "final")?.lines).toEqual([
      "Medewerker Nummer2 verliest Microsoft 365 Business Premium en de mailbox (voor zover hier bekend)",
      "Medewerker Nummer10, Medewerker Nummer11, Medewerker Nummer12, Medewerker Nummer4 en 5 anderen verliezen Microsoft 365 Business Premium en de mailbox",
    ]);
  });

  it("name a group that is called what its site is called", () => {
    expect(linesOf("a site for a group of the same name")).toEqual([
      "Kantoor: group Kantoor: edit",
    ]);
  });

  it("name who opens a mailbox by what people call them; who no longer does is under what goes", () => {
    expect(linesOf("a mailbox that another opens")).toEqual([
      "Info: Medewerker Nummer1 can open the mailbox; Medewerker Nummer2 can no longer open the mailbox",
    ]);
    const plan = PROPOSALS["a mailbox that another opens"];
    expect(plan && viewOf(plan, { language: "en" }).net.map(({ id }) => id)).toEqual(["goes"]);
  });

  it("say what is let go of, renamed, opened again, and which rules change", () => {
    expect(linesOf("a release")).toEqual([
      "Medewerker Nummer2: leaves Kantoor; loses Microsoft 365 Business Premium; loses the mailbox (can be restored for 30 days); no longer managed, left as it is",
      "Medewerker Nummer1: job title: no longer managed, left as it is: Medewerker",
      "Kantoor: removed: Medewerker Nummer2",
      "Dossiers: no longer managed, left as it is",
    ]);
    expect(linesOf("a rename")).toEqual([
      "Medewerker Nummer1: sign-in name and e-mail address: oude.naam@contoso.com → medewerker.nummer1@contoso.com",
      "Backup: still covered, under the new name: Medewerker Nummer1",
    ]);
    expect(linesOf("a refresh that undoes handiwork")).toEqual([
      "Medewerker Nummer1: can sign in again (changed by hand; this puts it back)",
      "Medewerker Nummer2: department: Kantoor → Verkoop; job title: Keizer → Medewerker (changed by hand; this puts it back)",
      "Medewerker Nummer3: new account (removed by hand; this recreates it)",
    ]);
    expect(linesOf("a change of rules")).toEqual(["Approval and safety: needed: 1 → 2"]);
  });
});

it("says on the first screen of a rename that mail to the old address is lost", () => {
  const plan = PROPOSALS["a rename"];
  const facts = plan === undefined ? [] : viewOf(plan, { language: "nl" }).facts;
  expect(facts.find(({ id }) => id === "final")?.lines).toEqual([
    "Het mailadres oude.naam@contoso.com vervalt: wat daarheen gestuurd wordt, komt niet meer aan",
  ]);
});

describe("what it costs", () => {
  const costs = (name: string, language: Language): readonly string[] | undefined => {
    const plan = PROPOSALS[name];
    const facts = plan === undefined ? [] : viewOf(plan, { language }).facts;
    return facts.find(({ id }) => id === "cost")?.lines;
  };

  it("is said a month, with the day of the prices and what has none", () => {
    expect(costs("one licence more", "nl")).toEqual([
      "€ 20,60 per maand meer, zonder btw (prijzen van 1 november 2026)",
    ]);
    expect(costs("one licence more", "en")).toEqual([
      "€20.60 a month more, excluding VAT (prices of 1 November 2026)",
    ]);
    expect(costs("one product instead of another", "nl")).toEqual([
      "€ 32,87 per maand minder, zonder btw (prijzen van 1 oktober 2026 en 1 november 2026)",
      "Prijs niet bekend: Visio Plan 2",
    ]);
  });

  it("is not spoken of where nothing is bought or dropped", () => {
    expect(costs("a rename", "nl")).toBeUndefined();
  });
});

describe("what it commits to", () => {
  const commits = (asOf: string, part: object, language: Language = "en"): readonly string[] => {
    const plan = structuredClone(PROPOSALS["one licence more"]);
    const commitment = plan?.changes[0]?.commitment;
    if (plan === undefined || commitment === undefined) throw new Error("It commits to nothing");
    Object.assign(commitment, part);
    const facts = viewOf(plan, { language, facts: { ...FACTS, asOf } }).facts;
    return facts.find(({ id }) => id === "commits")?.lines ?? [];
  };
  const total = { since: "2026-02-01", amount: "6427.2", currency: "EUR" };

  it("is what is left of the term in total, by days", () => {
    const left = (asOf: string, language?: Language): string | undefined =>
      commits(asOf, { total }, language)[0]?.split(", ").at(-1);
    expect(left("2026-01-01T10:00:00Z")).toBe("in total €6,427.20 until then");
    expect(left("2026-11-28T10:00:00Z", "nl")).toBe("tot dan in totaal € 1.144,57");
    expect(left("2027-01-31T10:00:00Z")).toBe("in total €17.61 until then");
    // Already 1 February there.
    expect(left("2027-01-31T23:30:00Z")).toBe("in total €0.00 until then");
  });

  it("says that it stops, or goes on by the month", () => {
    const asOf = "2026-11-28T10:00:00Z";
    expect(commits(asOf, { atTermEnd: "stop" })).toEqual([
      "26 licences for Microsoft 365 Business Premium (now 25), stops on 1 February 2027",
    ]);
    expect(commits(asOf, { atTermEnd: "extend" }, "nl")[0]).toMatch(
      /, vast tot 1 februari 2027, daarna per maand en duurder$/,
    );
    expect(commits(asOf, { atTermEnd: "renew" })[0]).toMatch(/, committed until 1 February 2027$/);
  });
});

it("names people on the first screen, and not their addresses", () => {
  const plan = PROPOSALS["a backup of fewer people"];
  const view = plan && viewOf(plan, { language: "nl" });
  const said = "Back-up: Medewerker Nummer1 en Medewerker Nummer2 horen er niet meer bij";
  expect(view?.summary).toEqual([said]);
  expect(view?.facts.find(({ id }) => id === "final")?.lines).toEqual([said]);
});

it("counts rules for signing in, whose sentences say all of them", () => {
  const plan = PROPOSALS["rules for signing in"];
  const view = plan && viewOf(plan, { language: "en" });
  expect(view?.summary).toEqual(["1 person added", "2 access rules added"]);
  const rules = view?.sections
    .flatMap(({ changes }) => changes)
    .filter(({ type }) => type === NOUNS.accessRule.type);
  expect(rules?.map(({ properties, usual }) => [properties.length, usual.length])).toEqual([
    [0, 2],
    [0, 2],
  ]);
});

it("says what is committed to now and what from the renewal on (K4)", () => {
  const plan = PROPOSALS["fewer from the renewal on"];
  const view = plan && viewOf(plan, { language: "nl" });
  expect(view?.facts.find(({ id }) => id === "commits")?.lines).toEqual([
    "25 licenties Microsoft 365 Business Premium, vast tot 1 februari 2027, daarna 20",
  ]);
});

it.each([
  ["fewer from the renewal on", "Microsoft 365 Business Premium"],
  ["one licence more", "Microsoft 365 Business Premium: 25 → 26 licenties"],
  ["a change of rules", nl.rulesChange],
])("says in the heading of %s what changes, rather than that something does", (name, heading) => {
  const plan = PROPOSALS[name];
  expect(plan && viewOf(plan, { language: "nl" }).summary).toEqual([heading]);
});

it("warns of a blocked account that opens again", () => {
  const plan = PROPOSALS["a refresh that undoes handiwork"];
  const warnings = plan === undefined ? [] : viewOf(plan, { language: "nl" }).warnings;
  expect(warnings.map(({ text }) => text)).toEqual([
    "Het account van Medewerker Nummer1 wordt gedeblokkeerd",
  ]);
});

describe("who asks and why", () => {
  it.each(HOSTILE)("shows %j as text", (reason) => {
    const plan = PROPOSALS["one licence more"];
    if (plan === undefined) throw new Error("There is no such plan");
    const facts = { ...FACTS, requestedBy: [reason], reason };
    const tagsOf = (html: string): string[] => html.match(/<\/?[a-z][a-z0-9]*/g) ?? [];
    expect(tagsOf(renderHtml(plan, facts))).toEqual(tagsOf(renderHtml(plan, FACTS)));
    const markdown = renderMarkdown(plan, { language: "en", facts });
    expect(markdown.split("\n")).toHaveLength(
      renderMarkdown(plan, { facts: FACTS }).split("\n").length,
    );
    expect(markdown.replaceAll("<!-- -->", "")).not.toMatch(/</);
  });
});

it("says by which rule people belong to a new group", () => {
  const rule = 'user.jobTitle -eq "Stagiair"';
  const group = aChange("stagiairs", {
    type: NOUNS.group.type,
    section: "groups",
    name: "Stagiairs",
    properties: [property("dynamicMembership", undefined, { enabled: true, rule })],
  });
  const [row] = viewOf(aPlan([group]), { language: "nl" }).net[0]?.rows ?? [];
  expect(row?.line).toBe(`nieuwe groep; regel voor wie erbij hoort: ${rule}`);
});

it("says what a new mailbox is of, where nobody has it by themselves", () => {
  const room = aChange("spreekkamer@contoso.com", {
    ...{ type: NOUNS.sharedMailbox.type, section: "mailboxes", name: "Spreekkamer" },
    properties: [property("type", undefined, "room")],
  });
  const [row] = viewOf(aPlan([room]), { language: "nl" }).net[0]?.rows ?? [];
  expect(row?.line).toBe("nieuwe mailbox; niemand kan er zelf mee inloggen; ruimte");
});
