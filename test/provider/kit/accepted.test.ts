import { describe, expect, it } from "vitest";
import { sitePermissions } from "../../../provider/sharepoint/site-permissions.ts";
import { user } from "../../../provider/azuread/users/user.ts";
import { groupMembership } from "../../../provider/directory/group-membership.ts";
import type { ResourceDefinition } from "../../../provider/kit/define.ts";
import { asAccepted } from "../../../provider/kit/accepted.ts";
import type { Acceptance } from "../../../provider/kit/accepted.ts";

const ann = { id: "1", userPrincipalName: "ann@contoso.com" };
const bob = { id: "2", userPrincipalName: "bob@contoso.com" };
const cem = { id: "3", userPrincipalName: "cem@contoso.com" };

function reading(
  acceptance: Omit<Acceptance, "found">,
  { counts = true, of = groupMembership }: { counts?: boolean; of?: ResourceDefinition } = {},
) {
  let times = 0;
  const found = (): boolean => {
    times += 1;
    return counts;
  };
  return (now: unknown, declared: unknown) => {
    const { path } = acceptance;
    const seen = { found: { [path]: now }, declared: { [path]: declared } };
    const { [path]: taken } = asAccepted(of, seen, [{ ...acceptance, found }]);
    return { taken, times };
  };
}

describe("an accepted deviation that is read", () => {
  it("counts as what was declared, exactly as it was accepted and not otherwise", () => {
    const jobTitle = { path: "jobTitle", value: "Keizer" };
    const read = reading(jobTitle, { of: user });
    expect(read("Keizer", "Vennoot")).toEqual({ taken: "Vennoot", times: 1 });
    expect(reading(jobTitle, { of: user })("Paus", "Vennoot")).toEqual({ taken: "Paus", times: 0 });
    // Declared by now: nothing deviates.
    expect(reading(jobTitle, { of: user })("Keizer", "Keizer").times).toBe(0);
    expect(reading(jobTitle, { of: user })("Keizer", undefined).times).toBe(0);
    const emptied = reading({ path: "jobTitle", value: "" }, { of: user });
    expect(emptied(undefined, "Vennoot")).toEqual({ taken: "Vennoot", times: 1 });
  });

  it("is seen and stays a difference once it no longer counts", () => {
    const read = reading({ path: "jobTitle", value: "Keizer" }, { of: user, counts: false });
    expect(read("Keizer", "Vennoot")).toEqual({ taken: "Keizer", times: 1 });
  });

  it("is one element of a list: others that come or go are seen", () => {
    const extra = reading({ path: "members", extra: bob.userPrincipalName });
    expect(extra([ann, bob, cem], [ann])).toEqual({ taken: [ann, cem], times: 1 });
    expect(extra([ann, cem], [ann]).taken).toEqual([ann, cem]);
    // Declared by now.
    expect(extra([ann, bob], [ann, bob])).toEqual({ taken: [ann, bob], times: 1 });
    const missing = reading({ path: "members", missing: bob.userPrincipalName });
    expect(missing([cem], [ann, bob])).toEqual({ taken: [cem, bob], times: 1 });
    expect(missing([ann, bob], [ann, bob]).times).toBe(1);
  });

  it("is who has the id, whatever they are called: the next one of that name is seen", () => {
    const byId = { path: "members", extra: "2" };
    expect(
      reading(byId)([ann, { ...bob, userPrincipalName: "rob@contoso.com" }], [ann]).taken,
    ).toEqual([ann]);
    const namesake = { ...bob, id: "4" };
    expect(reading(byId)([ann, namesake], [ann])).toEqual({ taken: [ann, namesake], times: 0 });
  });

  it("is a right other than the declared one, and that right only", () => {
    const grant = (role: string) => ({ kind: "user", id: "2", principal: "bob@contoso.com", role });
    const acceptance = { path: "grants", extra: "2", saying: { role: "edit" } };
    const read = reading(acceptance, { of: sitePermissions });
    expect(read([grant("edit")], [grant("read")])).toEqual({ taken: [grant("read")], times: 1 });
    const more = reading(acceptance, { of: sitePermissions });
    expect(more([grant("full-control")], [grant("read")]).times).toBe(0);
    // Declared by now.
    expect(more([grant("edit")], [grant("edit")]).times).toBe(0);
  });
});
