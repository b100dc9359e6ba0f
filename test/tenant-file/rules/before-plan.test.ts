import { describe, expect, it } from "vitest";
import { contoso, contosoWith, fabrikam, positionOf, warningsOf } from "../contoso.ts";

const without = (text: string, section: string): string =>
  text.replace(new RegExp(`\\n${section}:\\n[^]*?(\\n\\n|$)`), "\n");

describe("validate warns of what plan will refuse", () => {
  it("and of nothing in the samples", () => {
    expect(warningsOf(contoso)).toEqual([]);
    expect(warningsOf(fabrikam)).toEqual([]);
  });

  it.each<[what: string, from: string | RegExp, to: string, path: string]>([
    [
      "a decision maker of the provider",
      "pieter.jansen@contoso.com\n      lang",
      "p@BEHEER.example\n      lang",
      "approval.decisionMakers[1].email",
    ],
    [
      "no decision maker",
      /decisionMakers:[^]*?(?=\n  required)/,
      "decisionMakers: []",
      "approval.decisionMakers",
    ],
    [
      "a backup of one mailbox",
      "mailboxes: all",
      "mailboxes: [emma.smit@contoso.com]",
      "backup.covers.mailboxes",
    ],
    ["a backup of one site", "sites: all", "sites: [/sites/kantoor]", "backup.covers.sites"],
    [
      "a backup at the provider",
      "Kluis Back-updiensten",
      "Voorbeeld-Beheer B.V.",
      "backup.operator",
    ],
    ["a backup at Microsoft", "Kluis Back-updiensten", "Microsoft Ireland", "backup.operator"],
    [
      "a backup that is kept too short",
      "until: contract-end # or",
      "years: 2 #",
      "backup.retention.years",
    ],
    [
      "a key that the operator has",
      "keyHeldBy: Voorbeeld Beheer",
      "keyHeldBy: Kluis",
      "backup.keyHeldBy",
    ],
    ["a key of nobody", "  keyHeldBy: Voorbeeld Beheer\n", "", "backup.keyHeldBy"],
  ])("%s", (_what, from, ...[to, path]) => {
    const text = contoso.replace(from, to);
    expect(text).not.toBe(contoso);
    expect(warningsOf(text)).toMatchObject([
      {
        level: "warning",
        path,
        message: expect.stringContaining("plan will refuse this") as string,
      },
    ]);
  });

  it("a section that is left out", () => {
    const text = without(without(fabrikam, "approval"), "backup");
    expect(warningsOf(text).map(({ path }) => path)).toEqual(["approval.decisionMakers", "backup"]);
  });

  it("what nobody agreed on with an operator who only reports", () => {
    const text = contosoWith(["vendor: veeam", "vendor: report"]);
    expect(warningsOf(text).map(({ path }) => path)).toEqual([
      "backup.isIncremental",
      ...["archives", "oneDrives", "groups", "teams"].map((key) => `backup.covers.${key}`),
    ]);
    const agreed = contosoWith(
      ["vendor: veeam", "vendor: report\n  isIncremental: true"],
      [
        "mailboxes: all",
        "archives: all\n    oneDrives: all\n    groups: all\n    teams: all\n    mailboxes: all",
      ],
    );
    expect(warningsOf(agreed)).toEqual([]);
  });

  it("and says which mailboxes the backup misses, except those with a disclaimer", () => {
    const text = contosoWith(["sites: all", "sites: [/sites/kantoor]"]);
    expect(warningsOf(text)).toMatchObject([
      {
        ...positionOf(text, "sites: ^[/sites/kantoor]"),
        message: "The backup does not cover a site; plan will refuse this",
        received: "/sites/jaarrekening",
      },
    ]);
  });
});
