/** Looks into the emulator without this product's client, and compares what is there with the tenant file. */
import { loadSandbox } from "../../engine/index.ts";
import type { Tenant } from "../../tenant-file/index.ts";

interface GraphUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly mail: string | null;
  readonly userType: string;
}

interface GraphGroup {
  readonly id: string;
  readonly mailNickname: string;
}

export interface Comparison {
  readonly people: number;
  readonly groups: number;
  readonly memberships: number;
  readonly differences: readonly string[];
}

const SELECT = "$select=id,userPrincipalName,mail,userType";

/** People and groups. */
type Member = Partial<GraphUser & GraphGroup>;

/** A guest's sign-in name is made by Microsoft; the file has their address. */
const nameInFile = ({
  userType,
  mail,
  mailNickname = "",
  userPrincipalName = mailNickname,
}: Member): string => (userType === "Guest" && typeof mail === "string" ? mail : userPrincipalName);

/** @param directory the emulator's, in the demo's workspace */
export async function compareWithFile(directory: string, tenant: Tenant): Promise<Comparison> {
  const { signal } = new AbortController();
  const { startSandbox } = await loadSandbox();
  const { emulator, connection } = await startSandbox({ directory, tenant, signal });
  const { graph } = connection.service;
  try {
    const users = await graph.all<GraphUser>(`/users?${SELECT},displayName`);
    const groups = await graph.all<GraphGroup>("/groups?$select=id,mailNickname");
    const differences: string[] = [];
    const wanted = [
      ...(tenant.users ?? []).map((user) => `${user.userPrincipalName} ${user.displayName}`),
      ...(tenant.guests ?? []).map((guest) => `${guest.email} ${guest.displayName}`),
      ...(tenant.mailboxes ?? []).map((mailbox) => `${mailbox.address} ${mailbox.displayName}`),
    ];
    const there = users.map((user) => `${nameInFile(user)} ${user.displayName}`);
    differences.push(...unlike("people", there, wanted));
    let memberships = 0;
    for (const group of tenant.groups ?? []) {
      const live = groups.find(({ mailNickname }) => mailNickname === group.name);
      const members =
        live === undefined
          ? []
          : await graph.all<Member>(`/groups/${live.id}/members?${SELECT},mailNickname`);
      memberships += members.length;
      const names = members.map(nameInFile);
      const { membershipRule, members: people = [], memberGroups = [] } = group;
      if (membershipRule !== undefined) continue;
      const wanted = [...people, ...memberGroups];
      differences.push(...unlike(`members of ${group.name}`, names, wanted));
    }
    return { people: users.length, groups: groups.length, memberships, differences };
  } finally {
    await connection.service.close();
    await emulator.close();
  }
}

function unlike(what: string, live: readonly string[], declared: readonly string[]): string[] {
  const [has, wants] = [new Set(live), new Set(declared)];
  return [
    ...[...wants].filter((name) => !has.has(name)).map((name) => `${what}: ${name} is missing`),
    ...[...has].filter((name) => !wants.has(name)).map((name) => `${what}: ${name} is unexpected`),
  ];
}
