import { describe, expect, it } from "vitest";
import { pagesOf } from "../../migration/pages.ts";
import { renderMigration } from "../../views/render-migration.tsx";
import { ready, word } from "../migration/progress.ts";
import { migrationOf, sampleWith } from "../migration/sample.ts";

const about = { customer: "Contoso", asOf: "2027-01-22", first: "nl" } as const;

describe("the pages of a migration", () => {
  it("are seven, in both languages", () => {
    const pages = pagesOf(ready());
    expect(pages.map(({ id }) => id)).toEqual([
      ...["plan", "risks", "hours", "run-book", "training", "leftovers", "evaluation"],
    ]);
    for (const page of pages) {
      const html = renderMigration(page, about);
      expect(html).toContain(
        `<bdi lang="nl">${page.title.nl.replace("'", "&#39;")} · Contoso</bdi>`,
      );
      expect(html).toContain("Content-Security-Policy");
    }
  });

  it("escape what the file and people say", () => {
    const migration = migrationOf(
      sampleWith(["- Privé-apparaten van medewerkers", "- <script>alert(1)</script>"]),
    );
    const words = [word({ said: "noted", about: "point-1", remark: "<img src=x>" })];
    const html = pagesOf(ready({ migration, words })).map((page) => renderMigration(page, about));
    expect(html.join("")).not.toMatch(/<script|<img/);
    expect(html.join("")).toContain("&lt;script&gt;");
    expect(html.join("")).toContain("&lt;img src=x&gt;");
  });

  it("name downtime, how to go back, questions outside the scope, and products that changed since", () => {
    const migration = migrationOf(sampleWith(["products: [SPB, VISIOCLIENT]", "products: [SPB]"]));
    const words = [
      word({ said: "asked", about: "question", remark: "Waar is mijn agenda?" }),
      word({ said: "askedOutside", about: "question", remark: "Boekhoudpakket traag" }),
    ];
    const text = JSON.stringify(pagesOf(ready({ migration, words })));
    for (const part of ["60 minuten", "10 mail.oudhost.example", "Waar is mijn agenda?"]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/Boekhoudpakket traag.{0,120}valt buiten de scope/);
    expect(text).toMatch(/Sindsdien gewijzigd.*pieter\.jansen@contoso\.com.*Visio/);
  });

  it("say that nothing is open where nothing is", () => {
    const [page] = pagesOf(ready()).filter(({ id }) => id === "leftovers");
    expect(page && renderMigration(page, about)).toContain("Er staat niets open.");
  });
});
