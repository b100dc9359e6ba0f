/** Guests in the file of an inventory. */
import { expect, it } from "vitest";
import type { InventoriedGuest } from "../../provider/inventory.ts";
import { parseTenant } from "../../tenant-file/load.ts";
import { tenantFileText } from "../../tenant-file/write.ts";
import { aGroup, aPerson, drafted } from "./support/inventory.ts";

it("takes guests over with who answers for them, and says what the tenant does not know of them", () => {
  const anna = aPerson("anna");
  const invited = (
    email: string,
    more: Partial<InventoriedGuest["inputs"]>,
    isPending = false,
  ) => ({
    ...{ id: `id of ${email}`, isPending },
    inputs: { email, displayName: email, ...more },
  });
  const piet = invited("piet@partner.example", { sponsors: [anna.id] }, true);
  const kees = invited("kees@partner.example", { sponsors: [anna.id, "a group"] });
  const { draft, remarks, left, counts } = drafted({
    people: [anna],
    guests: [piet, kees, invited("own@contoso.com", {})],
    groups: [aGroup("open", { inputs: { ...aGroup("open").inputs, members: [piet.id] } })],
  });
  expect(draft.guests).toEqual([
    { email: "kees@partner.example", displayName: "kees@partner.example" },
    {
      ...{ email: "piet@partner.example", displayName: "piet@partner.example" },
      sponsors: ["anna@contoso.com"],
    },
  ]);
  expect(draft.groups?.[0]?.members).toEqual(["piet@partner.example"]);
  const noEnd = "No last day is known: agree on one (until). A plan is refused without it.";
  expect(remarks.entries.get("piet@partner.example")).toEqual([
    noEnd,
    "Has not accepted the invitation yet.",
  ]);
  expect(remarks.entries.get("kees@partner.example")).toContain(
    "Has sponsors that cannot be named here; left as they are.",
  );
  expect(left.map(({ reason }) => reason)).toEqual(["an address of the tenant itself"]);
  expect(counts.guests).toEqual({ found: 3, managed: 2 });
  expect(parseTenant(tenantFileText(draft, remarks), "tenant.yaml")).toHaveProperty("tenant");
});
