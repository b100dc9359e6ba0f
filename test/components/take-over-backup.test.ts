import { expect, it } from "vitest";
import { withBackup } from "../../components/take-over/backup.ts";
import type { DraftedTenant } from "../../components/take-over/draft.ts";

const drafted: DraftedTenant = {
  draft: {
    version: 1,
    tenant: {
      ...{ id: "7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7", displayName: "Contoso" },
      ...{ initialDomain: "contoso.onmicrosoft.com", domains: [], language: "nl", country: "NL" },
    },
    managedBy: { name: "Beheer", domains: ["beheer.example"] },
    contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "bronze" },
    users: ["ann", "bob"].map((name) => ({
      ...{ userPrincipalName: `${name}@contoso.com`, displayName: name },
    })),
    sites: [{ url: "/sites/finance", title: "Finance", owner: "ann@contoso.com" }],
  },
  remarks: { sections: {}, entries: new Map() },
  ...{ left: [], notRead: [] },
  findings: [{ kind: "no-backup", found: "", fix: "", objects: [] }],
  overview: { people: 2, blocked: 0, guests: 0, groups: 0, domains: [], products: [] },
  counts: { people: { found: 2, managed: 2 }, groups: { found: 0, managed: 0 } },
};
const operator = { operator: "Kluis", country: "NL" };
const job = { id: "job", repository: "Noord", years: 3 as number | undefined };
const backupWithout = (...names: readonly string[]) =>
  withBackup(drafted, { read: { found: { ...job, leftOut: new Set(names) } }, operator });

it("is the section of a file, and no finding any more", () => {
  const { draft, findings, remarks } = backupWithout();
  expect(draft.backup).toEqual({
    ...{ vendor: "veeam", location: { name: "Noord", country: "NL" }, operator: "Kluis" },
    covers: { mailboxes: "all", sites: "all" },
    retention: { years: 3 },
  });
  expect(findings).toEqual([]);
  expect(remarks.sections.backup).toEqual([expect.stringContaining("`keyHeldBy`")]);
});

it("names who is covered where somebody is left out, which no file can say without a signature", () => {
  const { draft, remarks } = backupWithout(
    "bob@contoso.com",
    "https://contoso.sharepoint.com/sites/finance",
  );
  expect(draft.backup?.covers).toEqual({ mailboxes: ["ann@contoso.com"], sites: [] });
  expect(remarks.sections.backup?.join()).toContain("signed disclaimer");
});

it("is left to a person where nobody said who runs it, or nothing was read: the file says so", () => {
  const found = { ...job, leftOut: new Set<string>() };
  const unnamed = withBackup(drafted, { read: { found }, operator: undefined });
  expect(unnamed.draft.backup).toBeUndefined();
  expect(unnamed.remarks.sections.backup?.[0]).toContain("Noord");
  // There is one, only not in the file yet.
  expect(unnamed.findings).toEqual([]);
  const unread = withBackup(drafted, { read: { reason: "nothing was read" }, operator });
  expect(unread.draft.backup).toBeUndefined();
  expect(unread.remarks.sections.backup?.[0]).toContain("nothing was read");
  expect(unread.findings).toHaveLength(1);
});
