import { expect, it } from "vitest";
import { conditionalAccessPolicy } from "../../../../provider/azuread/conditional-access/conditional-access-policy.ts";
import { namedLocation } from "../../../../provider/azuread/conditional-access/named-location.ts";
import type { ResourceDefinition } from "../../../../provider/kit/define.ts";
import { BREAK_GLASS, PATH } from "../../support/conditional-access.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { settle, startWorld } from "../../support/world.ts";

const mfa = {
  state: "enabled",
  conditions: {
    applications: { includeApplications: ["All"] },
    clientAppTypes: ["all"],
    users: { includeUsers: ["All"], excludeUsers: [BREAK_GLASS] },
  },
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
};
const netherlands = {
  "@odata.type": "#microsoft.graph.countryNamedLocation",
  countriesAndRegions: ["NL"],
};

interface Kind {
  readonly path: string;
  readonly definition: ResourceDefinition;
  readonly body: Record<string, unknown>;
}

const policies = { path: PATH, definition: conditionalAccessPolicy, body: mfa };
const locations = {
  path: "/identity/conditionalAccess/namedLocations",
  definition: namedLocation,
  body: netherlands,
};

it.each<[string, Kind]>([
  ["policies", policies],
  ["named locations", locations],
])("all %s, one request a second, are read in two", async (_what, { path, definition, body }) => {
  const world = await startWorld();
  const { emulator } = world;
  const names = Array.from({ length: 12 }, (_, at) => `Nummer ${at}`);
  const made = await Promise.all(
    names.map((displayName) => emulator.graph("POST", path, { body: { ...body, displayName } })),
  );
  await settle(world);
  const before = emulator.requestLog.entries().length;

  const read = await Promise.all(
    made.map((answer) => new ManagedResource(world, definition).read(`${path}/${answer.body.id}`)),
  );

  expect(read.map((inputs) => inputs?.displayName)).toEqual(names);
  const asked = emulator.requestLog.entries().slice(before);
  expect(asked.filter(({ route }) => route.includes(path))).toHaveLength(2);
});
