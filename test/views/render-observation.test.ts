/** The report for the owner of a tenant: in both languages, with days, and safe whatever strangers called things. */
import { describe, expect, it } from "vitest";
import type { Language } from "../../core/language.ts";
import { FINDING_KINDS } from "../../core/tenant-findings.ts";
import { observationView } from "../../views/observation-view.ts";
import type { Observation } from "../../views/observation-view.ts";
import { renderObservation } from "../../views/render-observation.tsx";

const FIRST = "2026-11-03T08:00:00.000Z";
const NOW = "2026-11-27T16:06:00.000Z";
const LATER = "2026-11-12T08:00:00.000Z";

const overview = {
  ...{ people: 60, blocked: 2, guests: 3, groups: 9, sites: 4, domains: ["voorbeeld.nl"] },
  products: [
    { name: "Microsoft 365 Business Premium", bought: 39, used: 37 },
    { name: "Microsoft Power Automate Free", used: 4 },
  ],
};

const anObservation = (over: Partial<Observation> = {}): Observation => ({
  ...{ displayName: "Voorbeeld B.V.", at: NOW, overview, first: undefined },
  ...{ findings: [], notRead: [], followed: [] },
  ...over,
});

const groups = (...names: string[]): Observation["findings"][number] => ({
  kind: "group-without-owner",
  objects: names.map((name) => ({ name })),
});

/** As somebody reads it who sees one language. */
const textIn = (language: Language, page: string): string => {
  const other = language === "nl" ? "en" : "nl";
  return page
    .replaceAll(/<style>[^]*?<\/style>/g, "")
    .replaceAll(new RegExp(`<bdi lang="${other}">[^]*?</bdi>`, "g"), "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
};

describe("the report on a tenant", () => {
  const first = anObservation({
    findings: [
      groups("Oud"),
      {
        kind: "unused-licences",
        objects: [{ name: "Visio", detail: { nl: "2 van de 3", en: "2 of 3" } }],
      },
      { kind: "from-on-premises", objects: [{ name: "els@voorbeeld.nl" }] },
    ],
    notRead: [
      { part: "sites", needs: { permission: "Sites.Read.All" } },
      { part: "second-step", needs: { product: "Microsoft Entra ID P1" } },
      { part: "administrators" },
    ],
  });

  it.each<[Language, string[]]>([
    [
      "nl",
      [
        "Microsoft 365 bij Voorbeeld B.V.",
        "60 accounts, 3 gasten, 9 groepen en 4 sites",
        "1 risico, 1 onnodige uitgave en 1 aandachtspunt",
        "Wat een risico is 1 groep zonder eigenaar Oud Waarom Niemand let op",
        "Wie u en wij samen",
        "Wat onnodig geld kost 1 product met ongebruikte licenties Visio: 2 van de 3",
        "60, waarvan 2 geblokkeerd",
        "Microsoft 365 Business Premium: 37 van de 39 in gebruik",
        "Microsoft Power Automate Free: 4 in gebruik (gratis)",
        "Sites, en wie erbij kan: daarvoor ontbreekt ons de toestemming Sites.Read.All",
        "Tweede stap bij het inloggen: Microsoft laat dat alleen zien met Microsoft Entra ID P1",
        "Beheerders: Microsoft gaf ons daar geen toegang",
        "Dit is de eerste keer",
      ],
    ],
    [
      "en",
      [
        "Microsoft 365 at Voorbeeld B.V.",
        "60 accounts, 3 guests, 9 groups and 4 sites",
        "Risks 1 group without an owner Oud Why Nobody keeps an eye on",
        "Visio: 2 of 3",
        "Good to know 1 account that comes from your own server",
        "Administrators: Microsoft denied us access",
      ],
    ],
  ])("says what there is, what is at risk and what is proposed (%s)", (language, said) => {
    const text = textIn(language, renderObservation(first, language));
    for (const line of said) expect(text).toContain(line);
    expect(text).not.toContain("undefined");
  });

  it("compares with the first look: solved, new and still open, with days, and numbers then and now", () => {
    const kind = "group-without-owner";
    const later = anObservation({
      first: { at: FIRST, overview: { ...overview, people: 58 } },
      findings: [groups("Oud", "Nieuw")],
      followed: [
        { kind, name: "Oud", since: FIRST },
        { kind, name: "Nieuw", since: LATER },
        { kind, name: "Weg", since: FIRST, solved: LATER },
        { kind: "no-backup", name: "", since: FIRST, solved: LATER },
      ],
    });
    const { progress, levels } = observationView(later, "nl");
    expect(progress?.title).toBe("Sinds we voor het eerst keken, 3 november 2026");
    expect(progress?.facts.map(({ label, lines }) => [label, ...lines])).toEqual([
      [
        "Opgelost",
        "1 groep zonder eigenaar: Weg (op 12 november 2026, na 9 dagen)",
        "Geen back-up buiten Microsoft bekend (op 12 november 2026, na 9 dagen)",
      ],
      ["Nieuw", "1 groep zonder eigenaar: Nieuw (sinds 12 november 2026)"],
      ["Nog open", "1 groep zonder eigenaar"],
      [
        "Toen en nu",
        "Accounts: 58, waarvan 2 geblokkeerd en 3 gasten → 60, waarvan 2 geblokkeerd en 3 gasten",
      ],
    ]);
    expect(levels[0]?.findings[0]?.age).toBe("al 24 dagen");
    const page = textIn("en", renderObservation(later, "en"));
    expect(page).toContain(
      "Solved 1 group without an owner: Weg (on 12 November 2026, after 9 days)",
    );
    expect(page).not.toContain("This is the first look");
  });

  it("marks what came after the first look as new, and counts nothing where all is well", () => {
    const followed = [{ kind: "group-without-owner", name: "Nieuw", since: LATER }] as const;
    const seen = anObservation({
      ...{ first: { at: FIRST, overview }, findings: [groups("Nieuw")], followed },
    });
    expect(observationView(seen, "nl").levels[0]?.findings[0]?.age).toBe("nieuw");
    const sameDay = { at: "2026-11-27T08:00:00.000Z", overview };
    const again = { ...seen, first: sameDay, followed: [{ ...followed[0], since: sameDay.at }] };
    expect(observationView(again, "nl").levels[0]?.findings[0]?.age).toBeUndefined();
    const well = observationView(anObservation(), "nl");
    expect(well.levels).toEqual([]);
    expect(textIn("nl", renderObservation(anObservation(), "nl"))).toContain(
      "Niets gevonden dat beter moet",
    );
  });

  it("shows names of strangers as text, whatever they hold", () => {
    const hostile = `<img src=x onerror="alert(1)">\u202Eevil`;
    const kind = "group-without-owner";
    const page = renderObservation(
      anObservation({
        displayName: hostile,
        overview: { ...overview, domains: [hostile] },
        findings: [groups(...Array.from({ length: 9 }, (_, index) => `${hostile}${index}`))],
        first: { at: FIRST, overview },
        followed: [{ kind, name: hostile, since: FIRST, solved: NOW }],
      }),
      "nl",
    );
    expect(page).not.toMatch(/<img|onerror="|\u202E/);
    expect(page).toContain("&lt;img src=x");
    // Six names stand there, three are folded.
    expect(textIn("nl", page)).toContain("en nog 3");
  });

  it.each(FINDING_KINDS)("has words for %s", (kind) => {
    for (const language of ["nl", "en"] as const) {
      const objects = ["no-backup", "sharing-with-anyone"].includes(kind)
        ? []
        : [{ name: "x" }, { name: "y" }];
      const { levels } = observationView(
        anObservation({ findings: [{ kind, objects }] }),
        language,
      );
      const [finding] = levels[0]?.findings ?? [];
      expect(finding?.title).toMatch(objects.length === 0 ? /^\p{Lu}/u : /^2 \p{L}/u);
      for (const [, text] of finding?.explained ?? []) expect(text).not.toBe("");
    }
  });
});
