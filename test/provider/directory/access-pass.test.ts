import { expect, it } from "vitest";
import { createAccessPass } from "../../../provider/directory/access-pass.ts";
import { makePeople } from "../support/people.ts";
import { startWorld } from "../support/world.ts";

const METHODS = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations";

it("is refused until the tenant allows the method, and made after that", async () => {
  const world = await startWorld();
  const [anna] = await makePeople(world, ["Anna"]);
  const { body } = await world.emulator.graph("GET", `/users/${anna?.id ?? ""}`);
  const userPrincipalName = String(body.userPrincipalName);
  const asked = { userPrincipalName, lifetimeInMinutes: 60 };
  await expect(createAccessPass(world.service, asked)).rejects.toMatchObject({
    code: "access-pass-not-allowed",
  });

  await world.emulator.graph("PATCH", `${METHODS}/TemporaryAccessPass`, {
    body: {
      "@odata.type": "#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration",
      state: "enabled",
    },
  });
  const first = await createAccessPass(world.service, asked);
  const second = await createAccessPass(world.service, asked);
  expect([first, second].every((pass) => /^[0-9a-f]{8}$/.test(pass))).toBe(true);
  expect(second).not.toBe(first);

  // One a user, which can be used once; nobody can read the pass again.
  const path = `/users/${anna?.id ?? ""}/authentication/temporaryAccessPassMethods`;
  const listed = await world.emulator.graph("GET", path);
  expect(listed.body.value).toMatchObject([
    { isUsableOnce: true, lifetimeInMinutes: 60, temporaryAccessPass: null },
  ]);
  const log = JSON.stringify(world.emulator.requestLog.entries());
  expect([first, second].some((pass) => log.includes(pass))).toBe(false);
});
