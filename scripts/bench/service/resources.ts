/** The company as the resources that the stack declares for it, in the order in which it declares them. */
import type { Properties } from "../../../provider/index.ts";
import type { Company } from "../company.ts";
import type { Kind } from "./protocol.ts";

export interface BenchResource {
  /** Unique. */
  readonly name: string;
  readonly kind: Kind;
  readonly token: string;
  /** Names of what must be there before. */
  readonly after: readonly string[];
  /** `idOf` gives the object id of one of those. */
  readonly inputs: (idOf: (name: string) => string) => Properties;
}

export function resourcesOf({ people, groups, sku }: Company): BenchResource[] {
  return [
    {
      name: sku,
      kind: "subscription",
      token: "m365:licensing:Subscription",
      after: [],
      inputs: () => ({ sku, term: "monthly", count: people.length }),
    },
    ...people.map(({ licenses: _, ...person }): BenchResource => {
      const name = person.userPrincipalName;
      const mailNickname = name.slice(0, name.indexOf("@"));
      return {
        name,
        kind: "users",
        token: "azuread:index/user:User",
        after: [],
        inputs: () => ({
          ...person,
          mailNickname,
          mail: name,
          accountEnabled: true,
          password: `Pw-${mailNickname}-x1!`,
          forcePasswordChange: true,
        }),
      };
    }),
    ...groups.map(({ name }): BenchResource => ({
      name,
      kind: "groups",
      token: "azuread:index/group:Group",
      after: [],
      inputs: () => ({
        displayName: name,
        mailNickname: name,
        securityEnabled: true,
        mailEnabled: false,
      }),
    })),
    ...people.map(({ userPrincipalName, licenses }): BenchResource => ({
      name: `${userPrincipalName}-licenses`,
      kind: "licenses",
      token: "m365:licensing:UserLicense",
      after: [sku, userPrincipalName],
      inputs: (idOf) => ({
        userId: idOf(userPrincipalName),
        userPrincipalName,
        licenses: licenses.map((license) => ({ sku: license })),
      }),
    })),
    ...groups.map(({ name, members }): BenchResource => ({
      name: `${name}-members`,
      kind: "memberships",
      token: "m365:directory:GroupMembership",
      after: [name, ...members],
      inputs: (idOf) => ({ groupId: idOf(name), groupName: name, members }),
    })),
  ];
}

/** References that one PATCH of a group may add. */
const REFERENCES_PER_WRITE = 20;

/** Fewest writes that make the company out of nothing: each object, each person's licences, members in twenties. */
export function fewestWrites({ people, groups }: Company): number {
  const references = groups.map(({ members }) => Math.ceil(members.length / REFERENCES_PER_WRITE));
  return people.length * 2 + groups.length + references.reduce((sum, writes) => sum + writes, 0);
}
