import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { planDigest } from "../../plan/model/digest.ts";
import { renderHtml } from "../../views/render-html.tsx";
import { STYLE } from "../../views/render-html-style.ts";
import { everyKind } from "../plan/every-kind.ts";
import { HOSTILE, hostilePlan } from "../plan/hostile.ts";
import { aLargePlan, aPlan } from "../plan/support.ts";

const page = renderHtml(everyKind());

const position = (text: string): number => {
  const found = page.indexOf(text);
  expect(found, text).toBeGreaterThan(0);
  return found;
};

describe("the page for a decision maker", () => {
  it("begins with what speaks against it and the first screen, then what goes and commits, then the rest by section", () => {
    const order = [
      'id="h-warnings"',
      'id="h-summary"',
      "1 medewerker erbij, 1 overgenomen in beheer, 1 verwijderd, 2 gewijzigd",
      'class="commits"',
      'class="final"',
      'class="agree"',
      'class="deadline"',
      'id="changes"',
      'id="h-rules"',
      'id="h-goes"',
      'id="h-commits"',
      'id="h-people"',
      'id="h-sites"',
      'id="h-backup"',
      'id="h-tenant"',
      'id="h-about"',
      `<code>${planDigest(everyKind())}`,
    ].map(position);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  it("begins with the first screen where there are only notes", () => {
    const note = {
      ...{ code: "stops-with-legacy-sign-in" as const, source: "safeguard" as const, urns: [] },
      ...{ message: { nl: "Weet dit", en: "Know this" }, clearedBy: "none-needed" as const },
    };
    const noted = renderHtml(aPlan([], { findings: [note] }));
    const order = ['id="h-summary"', "Weet dit", 'id="changes"'].map((text) => noted.indexOf(text));
    expect(order[0]).toBeGreaterThan(0);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  it("says what a commitment is, in a date that people read", () => {
    position("11 licenties Microsoft 365 Business Premium (nu 10), vast tot 1 februari 2027");
    position(
      "11 licences for Microsoft 365 Business Premium (now 10), committed until 1 February 2027",
    );
  });

  it("shows before and after, what joins and leaves a list, and what is secret or unknown", () => {
    position("<del><bdi>Boekhouder</bdi></del> → <ins><bdi>Hoofd Financiën</bdi></ins>");
    position("<ins>+ <bdi>chris@contoso.com</bdi></ins>");
    position("<del>− <bdi>bob@contoso.com</bdi></del>");
    position("wordt gewijzigd; de waarde is geheim en staat niet in dit voorstel");
    position("wordt bij het aanmaken door Microsoft bepaald");
  });

  it("holds both languages and starts in the tenant's", () => {
    expect(page).toContain('<html lang="nl">');
    expect(page).toMatch(/id="language-nl" checked/);
    const plan = everyKind();
    expect(renderHtml({ ...plan, tenant: { ...plan.tenant, language: "en" } })).toMatch(
      /<html lang="en">[^]*id="language-en" checked/,
    );
    const count = (mark: string): number => page.split(mark).length;
    expect(count('<bdi lang="nl">')).toBe(count('<bdi lang="en">'));
  });

  it("lists what stays as it is, by name", () => {
    position("Eva Mulder");
    position("info@contoso.com");
  });

  it("says when nobody can approve it", () => {
    expect(renderHtml(hostilePlan("x"))).toContain(
      "Dit voorstel kan niet worden goedgekeurd of uitgevoerd",
    );
    expect(page).not.toContain("Dit voorstel kan niet worden goedgekeurd of uitgevoerd");
  });

  it("says so when nothing changes", () => {
    expect(renderHtml(aPlan())).toContain("Er verandert niets");
  });
});

describe("the page as a document", () => {
  it("allows its own style sheet and nothing else", () => {
    const hash = createHash("sha256").update(STYLE).digest("base64");
    expect(page.replaceAll("&#39;", "'")).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(/<style>([^]*)<\/style>/.exec(page)?.[1]).toBe(STYLE);
    expect(page).not.toMatch(/<script|<img|<link|<iframe| style=| on[a-z]+=|url\(|@import/);
  });

  it("has landmarks, headings in order, and a name for every part", () => {
    for (const mark of [
      "<header>",
      "<main>",
      "<footer>",
      '<fieldset class="choice"><legend>',
      "<h1>",
    ])
      position(mark);
    const labels = [...page.matchAll(/aria-labelledby="([\w-]+)"/g)].map((match) => match[1] ?? "");
    expect(labels.length).toBeGreaterThan(8);
    for (const label of labels) expect(page).toContain(`id="${label}"`);
    const levels = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  it.each([
    ["light", /:root\{[^}]*\}/],
    ["dark", /\(prefers-color-scheme:dark\)\{:root\{[^}]*\}/],
    ["print", /@media print\{:root\{[^}]*\}/],
  ])("has enough contrast in %s", (_scheme, block) => {
    const colours = Object.fromEntries(
      [...(block.exec(STYLE)?.[0] ?? "").matchAll(/--(\w+):(#[0-9a-f]+)/g)].map((match) => [
        match[1],
        match[2],
      ]),
    ) as Record<string, string>;
    const grounds = ["paper", "panel", "warn", "stop"].map((name) => colours[name] ?? "");
    for (const ground of grounds)
      expect(contrast(colours.ink ?? "", ground)).toBeGreaterThanOrEqual(4.5);
    for (const name of ["soft", "new", "gone", "edit", "note"]) {
      expect(contrast(colours[name] ?? "", colours.paper ?? ""), name).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("stays under 2 MB with 5,000 changes, and leaves none out", () => {
    const large = renderHtml(aLargePlan(5000));
    expect(Buffer.byteLength(large)).toBeLessThan(2_000_000);
    expect(large.match(/<b><bdi>medewerker\./g)).toHaveLength(5000);
    expect(large).toContain("Dit is een groot voorstel");
  }, 30_000);
});

describe("names of strangers on the page", () => {
  const benign = renderHtml(hostilePlan("x"));
  const tagsOf = (text: string): string[] => text.match(/<\/?[a-z][a-z0-9]*/g) ?? [];

  it.each(HOSTILE)("shows %j as text", (name) => {
    const hostile = renderHtml(hostilePlan(name));
    expect(tagsOf(hostile)).toEqual(tagsOf(benign));
    expect(hostile.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066\u2067]/u);
  });

  it("isolates a name that is written from right to left", () => {
    expect(renderHtml(hostilePlan("אבג"))).toContain(
      '<bdi lang="nl">\u2068אבג\u2069 komt erbij</bdi>',
    );
  });
});

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const long = colour.length === 4 ? colour.replaceAll(/[0-9a-f]/g, "$&$&") : colour;
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(long.slice(start, start + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
