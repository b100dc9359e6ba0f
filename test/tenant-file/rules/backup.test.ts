import { expect, it } from "vitest";
import { acceptedEntries } from "../../../tenant-file/accepted.ts";
import { contosoWith, expectOneProblem, tenantOf } from "../contoso.ts";

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

const helper = (userPrincipalName: string): string =>
  contosoWith([
    "    until: contract-end # or years: 7\n",
    `    until: contract-end\n  helperAccounts:\n    - userPrincipalName: ${userPrincipalName}\n      id: 0f8a3c52-9b1e-4d67-8a40-3c5d7e9f1b2a\n`,
  ]);

it("accepts the vendor's accounts in every group whose members are managed, by id, as long as the contract runs", () => {
  const tenant = tenantOf(helper("backup-x@contoso.com"));
  const managed = (tenant.groups ?? []).filter(({ members }) => members !== undefined);
  const entries = acceptedEntries(tenant);
  expect(entries.map(({ name }) => name)).toEqual(managed.map(({ name }) => name));
  expect(entries[0]).toMatchObject({
    ...{ kind: "group", property: "members", extra: "backup-x@contoso.com" },
    ...{ id: "0f8a3c52-9b1e-4d67-8a40-3c5d7e9f1b2a", until: tenant.contract.end },
  });
});

it("refuses to manage an account that the vendor works with", () => {
  expectOneProblem(
    helper("pieter.jansen@contoso.com"),
    "- userPrincipalName: ^pieter.jansen@contoso.com\n      id",
    {
      path: "backup.helperAccounts[0].userPrincipalName",
      message:
        "The backup vendor works with this account: to change or remove it stops the backup of every team it is in",
    },
  );
});
