/** What people call a resource, and by which keys it is known, out of its state. */
import { byText } from "../model/counts.ts";
import type { EngineState } from "./engine-events.ts";
import { isKnown } from "./engine-values.ts";

const NAMING = [
  "displayName",
  "title",
  "userPrincipalName",
  "name",
  "groupDisplayName",
  "url",
  "siteUrl",
  "sku",
] as const;

/** The first naming property that has a value, else the logical name at the end of the URN. */
export function objectName(urn: string, properties: Readonly<Record<string, unknown>>): string {
  for (const key of NAMING) {
    const value = properties[key];
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  return urn.split("::").slice(3).join("::") || urn;
}

const UNIQUE_KEYS = [
  "userPrincipalName",
  "mail",
  "mailNickname",
  "groupName",
  "url",
  "siteUrl",
  "objectId",
  "appId",
  "clientId",
] as const;

/** Ids and unique keys of an object in all its states, in lower case, sorted, each once. */
export function objectIdentifiers(states: readonly (EngineState | undefined)[]): string[] {
  const values = states.flatMap((state) =>
    state === undefined
      ? []
      : [state.id, ...UNIQUE_KEYS.flatMap((key) => [state.inputs[key], state.outputs[key]])],
  );
  const texts = values.filter((value) => typeof value === "string" && value !== "") as string[];
  return [...new Set(texts.map((text) => text.toLowerCase()))].filter(isKnown).sort(byText);
}
