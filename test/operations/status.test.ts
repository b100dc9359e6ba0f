import { expect, it } from "vitest";
import { tenantStatus } from "../../operations/status.ts";
import { aWorld, STACK } from "./support.ts";

it("never says that a tenant has no drift that nobody could sign in to", async () => {
  const world = aWorld();
  world.readBack = { ...world.readBack, objects: 0, drift: [] };
  const refused = new Error("The certificate does not belong to the application");
  const { openSession } = world.context;
  const context = world.with({
    openSession: async (options) => ({
      ...(await openSession(options)),
      clockAheadMs: () => Promise.reject(refused),
    }),
  });
  await expect(tenantStatus(context, { stack: STACK })).rejects.toBe(refused);
  await expect(tenantStatus(world.context, { stack: STACK })).resolves.toMatchObject({
    drift: [],
    lastApply: undefined,
  });
});

it("tells who may do everything without the tenant file saying so, and which mail goes outside", async () => {
  const world = aWorld();
  world.declare([
    "displayName: Sanne Bakker\n",
    "displayName: Sanne Bakker\n    mailbox: { forwardTo: [sanne@home.example] }\n",
  ]);
  const declared = ["Sanne.Bakker@contoso.com", "noodtoegang@contoso.onmicrosoft.com"];
  const person = (key: string) => ({
    ...{ id: key.split("@", 1)[0] ?? "", resourceId: `/users/${key}`, key, name: key },
    address: undefined,
  });
  const people = [...declared, "Bob@contoso.com"].map(person);
  world.directory = { people, guests: [], groups: [] };
  world.beside = {
    ...world.beside,
    risks: {
      globalAdministrators: [...people.map(({ id }) => id), "an-application"],
      forwarding: [
        { id: "Bob", to: ["bob@home.example"] },
        { id: "Sanne.Bakker", to: ["sanne@home.example", "other@home.example"] },
      ],
      notRead: [{ part: "forwarding", reason: "no" }],
    },
  };
  const { risks } = await tenantStatus(world.context, { stack: STACK });
  expect(risks).toEqual({
    globalAdministrators: ["an-application", "bob@contoso.com"],
    forwarding: [
      { mailbox: "bob@contoso.com", to: ["bob@home.example"] },
      // Of what is forwarded, the tenant file says the rest.
      { mailbox: "sanne.bakker@contoso.com", to: ["other@home.example"] },
    ],
    notRead: [{ part: "forwarding", reason: "no" }],
  });
  world.declare([
    "  globalAdministrators: [noodtoegang@contoso.onmicrosoft.com, sanne.bakker@contoso.com]\n",
    "",
  ]);
  const undeclared = await tenantStatus(world.context, { stack: STACK });
  expect(undeclared.risks.globalAdministrators).toEqual([]);
});

it("names who may sign in and has no second step, or says why nobody looked", async () => {
  const world = aWorld();
  const person = (key: string) => ({
    ...{ id: key, resourceId: `/users/${key}`, key, name: key, address: undefined },
  });
  const blocked = { ...person("info@contoso.com"), isBlocked: true as const };
  const people = [person("eva@contoso.com"), person("daan@contoso.com"), blocked, person("b@c.nl")];
  world.directory = { people, guests: [], groups: [] };
  const found = new Set(["eva@contoso.com", "daan@contoso.com", "info@contoso.com", "a-guest"]);
  const secondStep = async (withoutSecondStep: typeof world.beside.withoutSecondStep) => {
    world.beside = { ...world.beside, withoutSecondStep };
    return (await tenantStatus(world.context, { stack: STACK })).secondStep;
  };
  expect(await secondStep({ found })).toEqual({
    without: ["daan@contoso.com", "eva@contoso.com"],
  });
  expect(await secondStep({ reason: "no P1" })).toEqual({ reason: "no P1" });
  expect(await secondStep(undefined)).toBeUndefined();
});

it("tells when the on-premises directory was synchronised, in the customer's zone, and when it stands still", async () => {
  const world = aWorld();
  const age = async (lastAt: string | undefined) => {
    const at = lastAt === undefined ? undefined : new Date(lastAt);
    world.beside = { ...world.beside, synchronised: { lastAt: at } };
    return (await tenantStatus(world.context, { stack: STACK })).synchronisation;
  };
  // The clock of the world stands at 10:00 UTC, which is 11:00 in the Netherlands.
  expect(await age("2026-11-22T09:40:00Z")).toMatchObject({
    last: {
      ...{ at: "2026-11-22T09:40:00.000Z", localTime: "2026-11-22 10:40" },
      age: expect.stringMatching(/^20 min/) as string,
    },
    isLate: false,
  });
  expect(await age("2026-11-22T06:59:00Z")).toMatchObject({ isLate: true });
  expect(await age(undefined)).toMatchObject({ last: undefined, isLate: true });
  world.beside = { ...world.beside, synchronised: undefined };
  expect(await tenantStatus(world.context, { stack: STACK })).toMatchObject({
    synchronisation: undefined,
  });
});

it("tells of each use of an emergency account since the last drill that the file says", async () => {
  const world = aWorld();
  const key = "Noodtoegang@contoso.onmicrosoft.com";
  const person = { id: "nood", resourceId: "/users/nood", key, name: key, address: undefined };
  world.directory = { people: [person], guests: [], groups: [] };
  const emergency = async (emergencySignIns: typeof world.beside.emergencySignIns) => {
    world.beside = { ...world.beside, emergencySignIns };
    return (await tenantStatus(world.context, { stack: STACK })).emergency;
  };
  // Late on the 20th in UTC is the 21st in the Netherlands.
  const used = { found: new Map([["nood", "2026-11-20T23:30:00Z"]]) };
  const use = {
    ...{ account: key.toLowerCase(), at: "2026-11-20T23:30:00Z", localTime: "2026-11-21 00:30" },
  };
  expect(await emergency(used)).toEqual({ uses: [use] });
  expect(await emergency({ found: new Map() })).toEqual({ uses: [] });
  expect(await emergency({ reason: "no P1" })).toEqual({ reason: "no P1" });
  expect(await emergency(undefined)).toBeUndefined();
  const country = "  country: NL\n";
  const after = async (drill: string) => {
    world.declare([country, `${country}  lastEmergencyDrill: ${drill}\n`]);
    return await emergency(used);
  };
  expect(await after("2026-11-20")).toEqual({ uses: [use] });
  expect(await after("2026-11-21")).toEqual({ uses: [] });
  // Nobody says beforehand that a use was meant.
  expect(await after("2026-11-30")).toEqual({ uses: [use] });
});
