import { expect, it } from "vitest";
import { guestHasEnd } from "../../policies/guest-has-end.ts";
import { stackWith, violationsOf } from "./support/stack.ts";

const guest = (props: Record<string, unknown>) =>
  stackWith({
    ...{ type: "m365:directory:Guest", name: "piet@partner.example" },
    urn: "urn:pulumi:contoso::tenantry::m365:directory:Guest::piet@partner.example",
    props: { email: "piet@partner.example", displayName: "Piet", ...props },
  });

it("refuses a guest without a last day, and takes one with it", () => {
  expect(violationsOf(guestHasEnd, guest({}))).toEqual([
    "The guest piet@partner.example has no last day (until)",
  ]);
  expect(violationsOf(guestHasEnd, guest({ until: "2027-06-30" }))).toEqual([]);
});
