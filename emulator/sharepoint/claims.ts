/**
 * Login names and what stands behind them in the directory.
 * People `i:0#.f|membership|upn`, security groups `c:0t.c|tenant|id`, Microsoft 365 groups
 * `c:0o.c|federateddirectoryclaimprovider|id` (their owners with `_o` behind the id).
 */
import { isVisible } from "../core/visibility.ts";
import type { Call, Scope } from "../core/workload.ts";
import { groups, users, type GraphObject } from "../entities/collections.ts";
import type { Principal } from "./model.ts";

export type Identity = Pick<Principal, "principalType" | "loginName" | "title" | "email">;

const PERSON = "i:0#.f|membership|";
const SECURITY_GROUP = "c:0t.c|tenant|";
const UNIFIED_GROUP = "c:0o.c|federateddirectoryclaimprovider|";

/** Claims that exist on every tenant, by login name. */
const BUILT_IN: Readonly<Record<string, string>> = {
  "c:0(.s|true": "Everyone",
  "c:0-.f|rolemanager|spo-grid-all-users": "Everyone except external users",
};

export function personLogin(userPrincipalName: string): string {
  return `${PERSON}${userPrincipalName.toLowerCase()}`;
}

export function securityGroupLogin(groupId: string): string {
  return `${SECURITY_GROUP}${groupId}`;
}

export function unifiedGroupLogin(groupId: string): string {
  return `${UNIFIED_GROUP}${groupId}`;
}

/**
 * @param call a request, whose replica decides whether a new object is known yet; a scope sees everything
 * @returns undefined when SharePoint finds nobody of that name
 */
export function resolveLogin(call: Call | Scope, loginName: string): Identity | undefined {
  const wanted = loginName.toLowerCase();
  if (wanted.startsWith(PERSON)) return personOf(call, wanted.slice(PERSON.length));
  if (wanted.startsWith(SECURITY_GROUP)) {
    return groupOf(call, {
      id: wanted.slice(SECURITY_GROUP.length),
      loginName: wanted,
      isUnified: false,
    });
  }
  if (wanted.startsWith(UNIFIED_GROUP)) {
    const id = wanted.slice(UNIFIED_GROUP.length).replace(/_o$/, "");
    return groupOf(call, { id, loginName: wanted, isUnified: true });
  }
  const builtIn = BUILT_IN[wanted.replace(`/${call.tenantId}`, "")];
  if (builtIn !== undefined) {
    return { principalType: 4, loginName: wanted, title: builtIn, email: "" };
  }
  // A bare address is looked up as a person.
  return wanted.includes("|") ? undefined : personOf(call, wanted);
}

function isKnown(
  call: Call | Scope,
  entry: { object: { id: string }; createdMs: number },
): boolean {
  return !("replica" in call) || isVisible(call, entry);
}

function personOf(call: Call | Scope, name: string): Identity | undefined {
  const entry =
    call.store.find(users, "userPrincipalName", name)[0] ?? call.store.find(users, "mail", name)[0];
  if (entry === undefined || !isKnown(call, entry)) return undefined;
  const user = entry.object;
  return {
    principalType: 1,
    loginName: personLogin(text(user, "userPrincipalName")),
    title: text(user, "displayName"),
    email: text(user, "mail") || text(user, "userPrincipalName"),
  };
}

function groupOf(
  call: Call | Scope,
  wanted: { id: string; loginName: string; isUnified: boolean },
): Identity | undefined {
  const entry = call.store.entry(groups, wanted.id);
  if (entry === undefined || !isKnown(call, entry)) return undefined;
  const group = entry.object;
  const isUnified = Array.isArray(group.groupTypes) && group.groupTypes.includes("Unified");
  if (isUnified !== wanted.isUnified) return undefined;
  const kind = wanted.loginName.endsWith("_o") ? " Owners" : isUnified ? " Members" : "";
  return {
    principalType: 4,
    loginName: wanted.loginName,
    title: `${text(group, "displayName")}${kind}`,
    email: text(group, "mail"),
  };
}

function text(object: GraphObject, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}
