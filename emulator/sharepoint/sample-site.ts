/** A site of the sample company: there as if it had been for years, opened for whole groups. */
import type { Scope } from "../core/workload.ts";
import { groups } from "../entities/collections.ts";
import type { SampleSite } from "../people.ts";
import { personLogin, resolveLogin, securityGroupLogin } from "./claims.ts";
import { hostsOf } from "./hosts.ts";
import { webs, type Principal } from "./model.ts";
import { createSite } from "./provisioning.ts";
import { READ } from "./roles.ts";

const DUTCH = 1043;

export function addSampleSite(scope: Scope, { path, title, owner, readers }: SampleSite): void {
  const { id } = createSite(
    scope,
    {
      ...{ title, description: "", template: "STS#3", lcid: DUTCH },
      webUrl: `https://${hostsOf(scope).content}${path}`,
      ownerLoginName: personLogin(owner),
    },
    { delayMs: 0 },
  );
  const web = scope.store.get(webs, id);
  if (web === undefined) return;
  const known = readers.flatMap((mailNickname, index): Principal[] => {
    const [group] = scope.store
      .list(groups)
      .filter(({ object }) => object.mailNickname === mailNickname);
    const identity = group && resolveLogin(scope, securityGroupLogin(group.object.id));
    const flags = { isSiteAdmin: false, isHiddenInUI: false };
    return identity === undefined
      ? []
      : [{ ...identity, ...flags, id: web.nextPrincipalId + index }];
  });
  scope.store.replace(webs, {
    ...web,
    nextPrincipalId: web.nextPrincipalId + known.length,
    principals: [...web.principals, ...known],
    assignments: [
      ...web.assignments,
      ...known.map((one) => ({ principalId: one.id, roleDefinitionIds: [READ] })),
    ],
  });
}
