import { expect, it } from "vitest";
import { describeUser } from "../../../../provider/azuread/users/describe-user.ts";

const anna = { displayName: "Anna Bakker", userPrincipalName: "anna@contoso.com" };

it.each([
  ["accountEnabled", true, false, "sensitive"],
  // Somebody blocked it, and perhaps for a reason (N6).
  ["accountEnabled", false, true, "sensitive"],
  ["userPrincipalName", "anna@contoso.com", "annie@contoso.com", "sensitive"],
  ["password", "before", "after", "sensitive"],
  ["usageLocation", "NL", "BE", "sensitive"],
  ["jobTitle", "Controller", "Director", "routine"],
])("says so of what becomes another sign-in or country: %s from %j to %j", (...row) => {
  const [key, was, is, severity] = row;
  const described = describeUser({
    ...{ operation: "update", changedPaths: [key] },
    ...{ before: { ...anna, [key]: was }, after: { ...anna, [key]: is } },
  });
  expect(described).toMatchObject({ section: "people", severity });
});
