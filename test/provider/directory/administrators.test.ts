/** Of who is found see test/provider/inventory.test.ts. */
import { expect, it } from "vitest";
import { readAdministrators } from "../../../provider/directory/administrators.ts";
import { CLIENT_ID, contoso } from "../../emulator/support/emulator.ts";
import { certificateCredential } from "../support/certificate.ts";
import { startWorld } from "../support/world.ts";

it("asks for nothing without the permission, and says so", async () => {
  const { credential, certificatePem } = await certificateCredential();
  const world = await startWorld({ credential });
  const application = { clientId: CLIENT_ID, certificatePem, roles: ["User.Read.All"] };
  world.emulator.addTenant({ ...contoso, applications: [application] });
  expect(await readAdministrators(world.context)).toEqual({
    reason: "the application was not granted RoleManagement.Read.Directory of Microsoft Graph",
    needs: { permission: "RoleManagement.Read.Directory" },
  });
  const sent = world.emulator.requestLog.entries();
  expect(sent.filter(({ workload }) => workload === "graph")).toEqual([]);
});
