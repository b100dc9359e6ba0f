import { it } from "vitest";
import { contosoWith, expectOneProblem } from "../contoso.ts";

it("refuses a site that is both covered and an exception", () => {
  const text = contosoWith([
    "sites: all # or",
    "sites: [/sites/kantoor, /sites/personeelsfeest] # or",
  ]);
  expectOneProblem(text, "- site: ^/sites/personeelsfeest", {
    path: "backup.exceptions[0].site",
    message: "This is both covered and an exception",
  });
});

it("wants one kind of retention", () => {
  const text = contosoWith([
    "    until: contract-end # or years: 7",
    "    until: contract-end\n    years: 7",
  ]);
  expectOneProblem(text, "^until: contract-end", {
    path: "backup.retention",
    message: "Needs exactly one of until, years",
  });
});

it("wants a disclaimer with every exception", () => {
  const text = contosoWith([
    "      disclaimer:\n        signedBy: Marieke de Vries\n        signedOn: 2026-03-02\n        document: Contractdossier Contoso, bijlage 4\n",
    "",
  ]);
  expectOneProblem(text, "^site: /sites/personeelsfeest", {
    path: "backup.exceptions[0].disclaimer",
    message: "This key is missing",
  });
});
