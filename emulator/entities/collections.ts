/** The directory's collections and the keys they are found by. */
import { defineCollection, type StoredObject } from "../core/store.ts";

/** A Graph object as stored: every property spelt as in Graph. */
export type GraphObject = StoredObject & Record<string, unknown>;

function text(name: string): (object: GraphObject) => string | undefined {
  return (object) => (typeof object[name] === "string" ? object[name] : undefined);
}

function texts(name: string): (object: GraphObject) => string[] {
  return (object) =>
    Array.isArray(object[name]) ? object[name].filter((value) => typeof value === "string") : [];
}

function keys(...names: string[]): Record<string, (object: GraphObject) => string | undefined> {
  return Object.fromEntries(names.map((name) => [name, text(name)]));
}

export const users = defineCollection<GraphObject>("user", {
  ...keys("userPrincipalName", "mailNickname", "displayName", "mail", "onPremisesImmutableId"),
  proxyAddresses: texts("proxyAddresses"),
});

export const groups = defineCollection<GraphObject>("group", {
  ...keys("uniqueName", "mailNickname", "displayName", "mail"),
  proxyAddresses: texts("proxyAddresses"),
});

export const applications = defineCollection<GraphObject>(
  "application",
  keys("appId", "displayName", "uniqueName"),
);
export const servicePrincipals = defineCollection<GraphObject>(
  "servicePrincipal",
  keys("appId", "displayName"),
);
export const organizations = defineCollection<GraphObject>("organization");
export const domains = defineCollection<GraphObject>("domain");
export const subscribedSkus = defineCollection<GraphObject>(
  "subscribedSku",
  keys("skuId", "skuPartNumber"),
);
