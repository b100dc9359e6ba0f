/** Puts a sample company into a tenant, past the wire: the people are there as if they had been for years. */
import type { Scope } from "./core/workload.ts";
import { toTimestamp } from "./core/clock.ts";
import { groups, users, type GraphObject } from "./entities/collections.ts";
import { MEMBERS, OWNERS } from "./entities/group-links.ts";
import { joinDevice } from "./entities/devices.ts";
import { checkGroup } from "./entities/group.ts";
import { registerSecondStep } from "./entities/registration-details.ts";
import { findSku } from "./entities/sku-catalogue.ts";
import { MANAGER } from "./entities/user-links.ts";
import { checkUser } from "./entities/user.ts";
import { defaultDomain } from "./entities/rules.ts";
import { addInboxRule } from "./exchange/inbox-rules.ts";
import type { SampleGroup, SamplePerson, SampleTenant } from "./people.ts";
import { addSampleSite } from "./sharepoint/sample-site.ts";

const DAY_MS = 86_400_000;
const AGE_DAYS = 400;

export function seedTenant(scope: Scope, sample: SampleTenant): void {
  const createdMs = scope.nowMs - AGE_DAYS * DAY_MS;
  const idOf = new Map<string, string>();
  for (const person of sample.people)
    idOf.set(person.userPrincipalName, addPerson(scope, person, createdMs));
  const ids = (names: readonly string[]): string[] =>
    names.map((name) => idOf.get(name)).filter((id) => id !== undefined);
  for (const { userPrincipalName, manager } of sample.people) {
    const [user, boss] = [idOf.get(userPrincipalName), idOf.get(manager ?? "")];
    if (user !== undefined && boss !== undefined && user !== boss)
      scope.store.link(MANAGER, user, boss);
  }
  for (const group of sample.groups) {
    const id = addGroup(scope, group, createdMs);
    for (const owner of ids(group.owners)) scope.store.link(OWNERS, id, owner);
    for (const member of ids(group.members)) scope.store.link(MEMBERS, id, member);
    scope.emit("group.created", { id });
  }
  for (const site of sample.sites) addSampleSite(scope, site);
  for (const [index, { userPrincipalName, license }] of sample.people.entries()) {
    const ownerId = idOf.get(userPrincipalName);
    if (ownerId === undefined || license !== "SPB") continue;
    const displayName = `PC-${String(index + 1).padStart(3, "0")}`;
    joinDevice(scope, { displayName, ownerId, isCompliant: index % 10 !== 3 });
  }
}

function addPerson(scope: Scope, person: SamplePerson, createdMs: number): string {
  const { license, hasSecondStep, forwardsTo, ...properties } = person;
  const since = toTimestamp(createdMs);
  const skuId = license === undefined ? undefined : findSku(license)?.skuId;
  const address = person.userPrincipalName;
  const user: GraphObject = {
    ...properties,
    manager: undefined,
    id: scope.newId(),
    userType: "Member",
    businessPhones: [],
    otherMails: [],
    mail: skuId === undefined ? null : address,
    proxyAddresses: skuId === undefined ? [] : [`SMTP:${address}`],
    passwordProfile: { password: null, forceChangePasswordNextSignIn: false },
    createdDateTime: since,
    licenseAssignmentStates:
      skuId === undefined
        ? []
        : [
            {
              skuId,
              disabledPlans: [],
              assignedByGroup: null,
              state: "Active",
              error: "None",
              lastUpdatedDateTime: since,
            },
          ],
  };
  scope.store.insert(users, checkUser(scope, user), createdMs);
  scope.emit("user.created", { id: user.id });
  if (skuId !== undefined) scope.emit("user.licenses-changed", { id: user.id });
  if (hasSecondStep) registerSecondStep(scope, user.id);
  if (forwardsTo !== undefined) {
    const emailAddress = { name: forwardsTo, address: forwardsTo };
    const actions = { forwardTo: [{ emailAddress }], stopProcessingRules: true };
    addInboxRule(scope, user.id, { displayName: "Naar huis", actions });
  }
  return user.id;
}

function addGroup(scope: Scope, sample: SampleGroup, createdMs: number): string {
  const isUnified = sample.type === "microsoft365";
  const address = `${sample.mailNickname}@${defaultDomain(scope)}`;
  const group: GraphObject = {
    id: scope.newId(),
    displayName: sample.displayName,
    mailNickname: sample.mailNickname,
    mailEnabled: isUnified,
    securityEnabled: true,
    groupTypes: isUnified ? ["Unified"] : [],
    visibility: isUnified ? "Private" : null,
    mail: isUnified ? address : null,
    proxyAddresses: isUnified ? [`SMTP:${address}`] : [],
    createdDateTime: toTimestamp(createdMs),
    renewedDateTime: toTimestamp(createdMs),
  };
  return scope.store.insert(groups, checkGroup(scope, group), createdMs).id;
}
