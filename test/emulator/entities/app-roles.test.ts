import { expect, it } from "vitest";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  contoso,
  startTestEmulator,
  type Json,
  type TestEmulator,
} from "../support/emulator.ts";

const GRAPH = "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')";
const OWN = `/servicePrincipals(appId='${CLIENT_ID}')`;

async function start(roles: readonly string[]): Promise<TestEmulator> {
  const emulator = await startTestEmulator();
  emulator.addTenant({
    ...contoso,
    applications: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, roles }],
  });
  return emulator;
}

it("gives an application the permission that it is assigned, and takes it back", async () => {
  const emulator = await start([
    "Application.Read.All",
    "AppRoleAssignment.ReadWrite.All",
    "Directory.Read.All",
  ]);
  const statusWithNewToken = async (): Promise<number> => {
    const authorization = `Bearer ${await emulator.token()}`;
    const { status } = await emulator.graph("GET", "/policies/authorizationPolicy", {
      headers: { authorization },
    });
    return status;
  };
  expect(await statusWithNewToken()).toBe(403);
  const { body: graph } = await emulator.graph("GET", GRAPH);
  const { body: own } = await emulator.graph("GET", OWN);
  const roles = graph.appRoles as { id: string; value: string }[];
  const role = roles.find(({ value }) => value === "Policy.Read.All");
  const request = {
    body: { principalId: own.id, resourceId: graph.id, appRoleId: role?.id },
  };
  const assigned = await emulator.graph("POST", `${OWN}/appRoleAssignments`, request);
  expect(assigned).toMatchObject({ status: 201, body: { resourceDisplayName: "Microsoft Graph" } });
  expect((await emulator.graph("POST", `${GRAPH}/appRoleAssignedTo`, request)).status).toBe(400);
  expect(await statusWithNewToken()).toBe(200);
  const named = async (path: string): Promise<Json[]> => {
    const { body } = await emulator.graph("GET", path);
    return body.value.filter(({ appRoleId }) => appRoleId === role?.id);
  };
  expect(await named(`${OWN}/appRoleAssignments`)).toEqual([
    expect.objectContaining({ id: assigned.body.id }),
  ]);
  expect(await named(`${GRAPH}/appRoleAssignedTo`)).toHaveLength(1);
  const gone = await emulator.graph("DELETE", `${OWN}/appRoleAssignments/${assigned.body.id}`);
  expect([gone.status, await statusWithNewToken()]).toEqual([204, 403]);
});
