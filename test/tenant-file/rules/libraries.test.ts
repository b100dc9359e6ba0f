import { expect, it } from "vitest";
import { contosoWith, expectOneProblem, tenantOf } from "../contoso.ts";

const SITE = "    title: Jaarrekening\n";

const withLibraries = (...lines: string[]): string =>
  contosoWith([SITE, `${SITE}    libraries:\n${lines.map((line) => `      ${line}\n`).join("")}`]);

it("takes a library with who may do what there", () => {
  const text = withLibraries(
    "- name: Board",
    "  permissions:",
    "    - group: directie",
    "      role: edit",
  );
  expect(tenantOf(text).sites?.[0]?.libraries).toEqual([
    { name: "Board", permissions: [{ group: "directie", role: "edit" }] },
  ]);
});

it("refuses a library that is there twice, however it is written", () => {
  const text = withLibraries(
    "- name: Board",
    "  permissions: []",
    "- name: board",
    "  permissions: []",
  );
  expectOneProblem(text, "name: ^board", {
    path: "sites[0].libraries[1].name",
    message: "This is a duplicate of sites[0].libraries[0].name",
  });
});

it("refuses a group that is not there, in a library too", () => {
  const text = withLibraries(
    "- name: Board",
    "  permissions:",
    "    - group: bestuur",
    "      role: edit",
  );
  expectOneProblem(text, "group: ^bestuur", {
    path: "sites[0].libraries[0].permissions[0].group",
    message: "No such group in this file",
  });
});

it("refuses a name that an address does not take", () => {
  const text = withLibraries('- name: "A/B"', "  permissions: []");
  expectOneProblem(text, 'name: ^"A/B"', {
    path: "sites[0].libraries[0].name",
    message: "Not a valid name of a library",
  });
});
