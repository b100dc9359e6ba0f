import { expect, it } from "vitest";
import { contosoWith, problemsOf, tenantOf } from "../contoso.ts";

/** Eva, in place of the heading below which other people stand. */
const eva = (more: string): string =>
  contosoWith([
    "\n# People of other",
    `  - userPrincipalName: eva.licht@contoso.com\n    displayName: Eva\n    ${more}\n\n# People of other`,
  ]);

it("takes a blocked person without licences whose mailbox is a shared one, with aliases", () => {
  const text = eva(
    "accountEnabled: false\n    licenses: []\n    aliases: [eva@contoso.com]\n    mailbox: {type: shared}",
  );
  expect(tenantOf(text).users?.find(({ displayName }) => displayName === "Eva")).toMatchObject({
    mailbox: { type: "shared" },
  });
});

it.each([
  ["type", "licenses: []\n    mailbox: {type: shared}", "Nobody may sign in as a shared mailbox"],
  [
    "type",
    "accountEnabled: false\n    mailbox: {type: shared}",
    "Which licences stay has to be said here",
  ],
  [
    "archiveEnabled",
    "accountEnabled: false\n    licenses: []\n    mailbox: {type: shared, archiveEnabled: true}",
    "A shared mailbox has this only with a licence of Exchange Online Plan 2",
  ],
])("asks at %s for what goes with it", (key, more, message) => {
  expect(problemsOf(eva(more))).toMatchObject([
    { path: expect.stringMatching(new RegExp(`\\.mailbox\\.${key}$`)) as string, message },
  ]);
});
