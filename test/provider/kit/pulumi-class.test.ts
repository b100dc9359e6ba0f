import type pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { PackageProvider, resourceClass } from "../../../provider/kit/pulumi-class.ts";
import { user } from "../../../provider/azuread/users/user.ts";
import { site } from "../../../provider/sharepoint/site.ts";
import { declaredBy, named } from "../../components/support/declared.ts";

const Site = resourceClass(site);

const finance = {
  url: "https://contoso.sharepoint.com/sites/finance",
  title: "Finance",
  owner: "anna@contoso.com",
  template: "team",
} as const;

const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

it("makes a resource of the definition's type with the declared inputs only", async () => {
  const declared = await declaredBy(() => {
    const provider = new PackageProvider("m365", { tenantId: "t" });
    new Site("finance", finance, { provider });
  });
  expect(named(declared, "finance")).toMatchObject({ type: site.token, provider: "m365" });
  expect(named(declared, "finance").inputs).toEqual(finance);
});

it("gives inputs and what the service adds as outputs", async () => {
  let made: InstanceType<typeof Site> | undefined;
  await declaredBy(() => {
    made = new Site("finance", finance, {});
  });
  if (made === undefined) throw new Error("The program did not run");
  expect(await valueOf(made.siteId)).toBe("site of finance");
  expect(await valueOf(made.title)).toBe("Finance");
});

it("leaves out what a plugin keeps for itself", async () => {
  const User = resourceClass(user);
  let keys: string[] = [];
  await declaredBy(() => {
    keys = Object.keys(
      new User("anna", { userPrincipalName: "anna@contoso.com", displayName: "Anna" }, {}),
    );
  });
  expect(keys).toContain("objectId");
  expect(keys.filter((key) => key.startsWith("__meta"))).toEqual([]);
});

it("names the provider of a package after the package", async () => {
  const declared = await declaredBy(() => {
    new PackageProvider("m365", { tenantId: "t" });
  });
  expect(named(declared, "m365")).toMatchObject({
    type: "pulumi:providers:m365",
    inputs: { tenantId: "t" },
  });
});
