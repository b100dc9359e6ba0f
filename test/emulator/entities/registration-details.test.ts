import { expect, it } from "vitest";
import { registerSecondStep } from "../../../emulator/entities/registration-details.ts";
import { contoso, createUser, startTestEmulator, TENANT_ID } from "../support/emulator.ts";

const PATH = "/reports/authenticationMethods/userRegistrationDetails";

it("says who registered a second step, to tenants that bought the product which shows it", async () => {
  const emulator = await startTestEmulator();
  const [ada, bob] = [await createUser(emulator), await createUser(emulator)];
  emulator.state.write(TENANT_ID, (scope) => {
    registerSecondStep(scope, ada.id);
  });
  const { body } = await emulator.graph("GET", PATH);
  const registered = body.value.map(({ id, isMfaRegistered }) => [id, isMfaRegistered]);
  expect(registered).toEqual([
    [ada.id, true],
    [bob.id, false],
  ]);
});

it("is refused where nobody bought it", async () => {
  const emulator = await startTestEmulator(
    {},
    {
      prepare: (made) => {
        made.addTenant({ ...contoso, subscribedSkus: [] });
      },
    },
  );
  const refused = await emulator.graph("GET", PATH);
  expect([refused.status, refused.body.error.code]).toEqual([
    403,
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
  ]);
});
