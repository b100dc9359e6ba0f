/** People and groups that a test needs, made over plain Graph. */
import type { World } from "./world.ts";
import { settle } from "./world.ts";

export interface Made {
  readonly id: string;
  readonly name: string;
}

/** People with the given first names, readable everywhere. */
export async function makePeople(
  world: World,
  names: readonly string[],
  properties: Record<string, unknown> = { usageLocation: "NL" },
): Promise<Made[]> {
  const { graph } = world.service;
  const made = await Promise.all(
    names.map(async (name) => {
      const userPrincipalName = `${name.toLowerCase()}@contoso.com`;
      const body = {
        accountEnabled: true,
        displayName: name,
        mailNickname: name.toLowerCase(),
        userPrincipalName,
        passwordProfile: { password: "first-Password-1" },
        ...properties,
      };
      const { id } = await graph.post<{ id: string }>("/users", body, {
        find: () => graph.tryGet<{ id: string }>(`/users/${userPrincipalName}?$select=id`),
        settleMs: 0,
      });
      return { id, name: userPrincipalName };
    }),
  );
  await settle(world);
  return made;
}

/** A security group, not yet readable everywhere. */
export async function makeGroup(
  world: World,
  mailNickname: string,
  properties: Record<string, unknown> = {},
): Promise<string> {
  const { graph } = world.service;
  const body = {
    displayName: mailNickname,
    mailNickname,
    mailEnabled: false,
    securityEnabled: true,
    ...properties,
  };
  const { id } = await graph.post<{ id: string }>("/groups", body, {
    find: async () => {
      const filter = `$filter=mailNickname eq '${mailNickname}'`;
      return (await graph.all<{ id: string }>(`/groups?${filter}&$select=id`))[0];
    },
  });
  return id;
}
