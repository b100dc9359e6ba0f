/**
 * What the promise is tried on: existing objects, their smallest parts that can be changed, and how another
 * administrator sees and changes them. Nothing here goes through the providers: that would be the judge in its own case.
 */
import { group } from "../../provider/azuread/groups/group.ts";
import { user } from "../../provider/azuread/users/user.ts";
import { groupMembership } from "../../provider/directory/group-membership.ts";
import type { ResourceDefinition } from "../../provider/kit/define.ts";
import type { Properties } from "../../provider/kit/values.ts";
import { userLicense } from "../../provider/licensing/user-license.ts";
import type { Microsoft365 } from "../../services/index.ts";
import { makeGroup, makePeople } from "../provider/support/people.ts";
import { settle } from "../provider/support/world.ts";
import type { World } from "../provider/support/world.ts";

export type Value = string | boolean | undefined;

/** Values by part: a property, or `list[element]`, true where the element is there. */
export type Parts = Readonly<Record<string, Value>>;

/** One object of a kind in one tenant. */
export interface Subject {
  readonly id: string;
  /** As declared; a part that is undefined is left out. */
  inputs(parts: Parts): Properties;
  look(): Promise<Parts>;
  changeByHand(parts: Parts): Promise<void>;
}

export interface Kind {
  readonly name: string;
  readonly definition: ResourceDefinition;
  /** End of the URN of an update of this type in the recorded log. */
  readonly step: string;
  /** Each part with the values that it can have. */
  readonly domain: Readonly<Record<string, readonly Value[]>>;
  /** Parts that are always declared. */
  readonly required: readonly string[];
  start(world: World): Promise<Subject>;
}

const defined = (parts: Parts, keys: readonly string[]): Properties =>
  Object.fromEntries(
    keys.filter((key) => parts[key] !== undefined).map((key) => [key, parts[key]]),
  );

/** Elements of a list that are there, by their names. */
const elements = (parts: Parts, list: string): string[] =>
  Object.entries(parts).flatMap(([part, value]) =>
    value === true && part.startsWith(`${list}[`) ? [part.slice(list.length + 1, -1)] : [],
  );

type Graph = Microsoft365["graph"];

const get = (graph: Graph, path: string): Promise<Record<string, unknown>> =>
  graph.get<Record<string, unknown>>(path);

/** Puts the properties that are undefined to null, as Graph wants them emptied. */
const emptied = (parts: Parts): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parts).map(([key, value]) => [key, value ?? null]));

const texts = (...values: string[]): readonly Value[] => [undefined, ...values];
const presence = (list: string, names: readonly string[]): Record<string, readonly Value[]> =>
  Object.fromEntries(names.map((name) => [`${list}[${name}]`, [undefined, true]]));

const USER_PARTS = {
  displayName: ["Ann", "Ann Smit", "A. Smit"],
  jobTitle: texts("Clerk", "Controller"),
  department: texts("Finance", "Sales"),
  city: texts("Delft", "Gouda"),
  accountEnabled: [true, false],
} as const;

const people: Kind = {
  name: "a user",
  definition: user,
  step: "User::anna",
  domain: USER_PARTS,
  required: ["displayName"],
  start: async (world) => {
    const { graph } = world.another().service;
    const [made] = await makePeople(world, ["Ann"]);
    const id = made?.id ?? "";
    const keys = Object.keys(USER_PARTS);
    return {
      id: `/users/${id}`,
      inputs: (parts) => ({
        userPrincipalName: "ann@contoso.com",
        mailNickname: "ann",
        ...defined(parts, keys),
      }),
      look: async () => {
        const found = await get(graph, `/users/${id}?$select=${keys.join(",")}`);
        return Object.fromEntries(keys.map((key) => [key, (found[key] ?? undefined) as Value]));
      },
      changeByHand: (parts) => graph.patch(`/users/${id}`, emptied(parts)),
    };
  },
};

const NAMES = ["ann", "bob", "cem", "dee"] as const;

interface Circle {
  readonly groupId: string;
  readonly idOf: ReadonlyMap<string, string>;
}

async function circle(world: World): Promise<Circle> {
  const made = await makePeople(world, [...NAMES]);
  const groupId = await makeGroup(world, "sales");
  await settle(world);
  const idOf = new Map(NAMES.map((name, at) => [name as string, made[at]?.id ?? ""]));
  return { groupId, idOf };
}

/** People in a relation of the group, as parts. */
async function related(graph: Graph, circle: Circle, relation: string): Promise<Parts> {
  const { value } = await get(graph, `/groups/${circle.groupId}/${relation}`);
  const ids = new Set((value as { id: string }[]).map(({ id }) => id));
  return Object.fromEntries(
    NAMES.map((name) => [
      `${relation}[${name}]`,
      ids.has(circle.idOf.get(name) ?? "") ? true : undefined,
    ]),
  );
}

async function relate(graph: Graph, circle: Circle, parts: Parts): Promise<void> {
  for (const [part, isThere] of Object.entries(parts)) {
    const [, relation = "", name = ""] = /^(\w+)\[(\w+)\]$/.exec(part) ?? [];
    const id = circle.idOf.get(name) ?? "";
    const path = `/groups/${circle.groupId}/${relation}`;
    const reference = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}` };
    await (isThere === true
      ? graph.post(`${path}/$ref`, reference, { idempotent: true })
      : graph.delete(`${path}/${id}/$ref`));
  }
}

const groups: Kind = {
  name: "a group with its owners",
  definition: group,
  step: "Group::hidden",
  domain: {
    displayName: ["Sales", "Sales & Service"],
    description: texts("Sells", "Sells and helps"),
    // One owner is never taken away: Graph refuses to remove the last.
    ...presence("owners", ["bob", "cem", "dee"]),
  },
  required: ["displayName"],
  start: async (world) => {
    const { graph } = world.another().service;
    const made = await circle(world);
    const { groupId, idOf } = made;
    await relate(graph, made, { "owners[ann]": true });
    const scalars = ["displayName", "description"];
    return {
      id: `/groups/${groupId}`,
      inputs: (parts) => ({
        mailNickname: "sales",
        securityEnabled: true,
        mailEnabled: false,
        ...defined(parts, scalars),
        owners: ["ann", ...elements(parts, "owners")].map((name) => idOf.get(name)),
      }),
      look: async () => {
        const found = await get(graph, `/groups/${groupId}?$select=${scalars.join(",")}`);
        const { "owners[ann]": _, ...owners } = await related(graph, made, "owners");
        return {
          ...Object.fromEntries(scalars.map((key) => [key, (found[key] ?? undefined) as Value])),
          ...owners,
        };
      },
      changeByHand: async (parts) => {
        const own = Object.fromEntries(
          scalars.filter((key) => key in parts).map((key) => [key, parts[key]]),
        );
        if (Object.keys(own).length > 0) await graph.patch(`/groups/${groupId}`, emptied(own));
        const rest = Object.entries(parts).filter(([part]) => part.includes("["));
        await relate(graph, made, Object.fromEntries(rest));
      },
    };
  },
};

const members: Kind = {
  name: "the members of a group",
  definition: groupMembership,
  step: "GroupMembership::finance",
  domain: presence("members", NAMES),
  required: [],
  start: async (world) => {
    const { graph } = world.another().service;
    const made = await circle(world);
    return {
      id: made.groupId,
      inputs: (parts) => ({
        groupId: made.groupId,
        groupName: "sales",
        members: elements(parts, "members").map((name) => ({
          id: made.idOf.get(name),
          userPrincipalName: `${name}@contoso.com`,
        })),
      }),
      look: () => related(graph, made, "members"),
      changeByHand: (parts) => relate(graph, made, parts),
    };
  },
};

const SKUS = ["SPB", "EXCHANGESTANDARD"] as const;

const licenses: Kind = {
  name: "the licences of a user",
  definition: userLicense,
  step: "UserLicense::anna",
  domain: presence("licenses", SKUS),
  required: [],
  start: async (world) => {
    const { graph } = world.another().service;
    const [made] = await makePeople(world, ["Ann"]);
    const id = made?.id ?? "";
    const { value } = await get(graph, "/subscribedSkus");
    const skus = value as { skuId: string; skuPartNumber: string }[];
    const idOf = new Map(skus.map(({ skuId, skuPartNumber }) => [skuPartNumber, skuId]));
    return {
      id,
      inputs: (parts) => ({
        userId: id,
        userPrincipalName: "ann@contoso.com",
        licenses: elements(parts, "licenses").map((sku) => ({ sku })),
      }),
      look: async () => {
        const { assignedLicenses } = await get(graph, `/users/${id}?$select=assignedLicenses`);
        const held = new Set((assignedLicenses as { skuId: string }[]).map(({ skuId }) => skuId));
        return Object.fromEntries(
          SKUS.map((sku) => [`licenses[${sku}]`, held.has(idOf.get(sku) ?? "") ? true : undefined]),
        );
      },
      changeByHand: async (parts) => {
        const given = elements(parts, "licenses").map((sku) => ({ skuId: idOf.get(sku) }));
        const taken = Object.entries(parts).flatMap(([part, isThere]) =>
          isThere === true ? [] : [idOf.get(part.slice("licenses[".length, -1))],
        );
        const body = { addLicenses: given, removeLicenses: taken };
        await graph.post(`/users/${id}/assignLicense`, body, { idempotent: true });
      },
    };
  },
};

export const kinds: readonly Kind[] = [people, groups, members, licenses];
