import { expect, it } from "vitest";
import { contosoWith, problemsOf } from "../contoso.ts";

const emma = "    displayName: Emma Smit\n";
const named = (formerly: string): [string, string] => [emma, `${emma}    formerly: ${formerly}\n`];

it("lets a person be renamed from a name that is no longer used", () => {
  expect(problemsOf(contosoWith(named("emma.jansen@contoso.com")))).toEqual([]);
});

it.each([
  ["that another has now", "zoe.bos@contoso.com", "Another user in this file has this name now"],
  ["that is to be removed", "ruben.meijer@contoso.com", "This user is also being removed"],
])("refuses a former name %s", (_what, name, message) => {
  expect(problemsOf(contosoWith(named(name)))).toMatchObject([
    { path: expect.stringMatching(/^users\[\d+\]\.formerly$/) as string, message },
  ]);
});

it("refuses one former name for two people", () => {
  const zoe = "    displayName: Zoë Bos # accents in names, not in addresses\n";
  const text = contosoWith(named("old@contoso.com"), [
    zoe,
    `${zoe}    formerly: old@contoso.com\n`,
  ]);
  expect(problemsOf(text)).toMatchObject([{ message: "Another user also had this name before" }]);
});
