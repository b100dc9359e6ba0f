import { expect, it } from "vitest";
import type { Context } from "../../components/component.ts";
import { TenantComponent } from "../../components/component.ts";
import { PackageProvider } from "../../provider/kit/pulumi-class.ts";
import { declaredIn, named } from "./support/declared.ts";

class Shelf extends TenantComponent {
  constructor(context: Context) {
    super("Shelf", context, []);
    // Any resource will do as a child.
    new PackageProvider("book", {}, this.child("m365"));
  }
}

it("names a component after the stack and gives it to its children as their parent", async () => {
  const declared = await declaredIn((context) => {
    new Shelf(context);
  });
  expect(named(declared, "contoso-shelf").type).toBe("tenantry:index:Shelf");
  expect(named(declared, "book").parent).toBe("contoso-shelf");
});
