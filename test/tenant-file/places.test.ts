import { expect, it } from "vitest";
import { placeOf } from "../../tenant-file/places.ts";
import { contoso, positionOf, stacksDirectory } from "./contoso.ts";

const place = (type: string, name: string, property: string) =>
  placeOf({ stacksDirectory, tenant: "contoso" }, { type, name, property });

it.each([
  ["m365:licensing:Subscription", "SPB", "count", "count: ^9"],
  ["m365:licensing:Subscription", "VISIOCLIENT", "start", "- ^sku: VISIOCLIENT"],
  ["azuread:index/user:User", "emma.smit@contoso.com", "jobTitle", "^Assistent-accountant"],
  ["m365:sharepoint:Site", "/sites/kantoor", "title", "title: ^Kantoor"],
])("finds %s %s, %s", async (...[type, name, property, mark]) => {
  const { line, column } = positionOf(contoso, mark);
  expect(await place(type, name, property)).toBe(
    `${stacksDirectory}contoso/tenant.yaml:${line}:${column}`,
  );
});

it.each([
  ["m365:licensing:Subscription", "SPE_E5"],
  ["m365:backup:Policy", "contoso"],
  ["other:index:Thing", "x"],
])("has no place for %s %s", async (type, name) => {
  expect(await place(type, name, "count")).toBeUndefined();
});
