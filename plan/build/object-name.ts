/** What people call a resource, and by which keys it is known, out of its state. */
import { assignmentIn, ROLE_NAMES } from "../../core/directory-roles.ts";
import { nounOf } from "../../core/nouns.ts";
import { productName } from "../../core/sku-catalogue.ts";
import { nameOfUrn } from "../../core/urn.ts";
import { byText } from "../model/counts.ts";
import type { EngineState } from "./engine-events.ts";
import { isKnown } from "./engine-values.ts";

/** The first naming property that has a value (of a product its name), else the logical name at the end of the URN. */
export function objectName(
  { urn, type }: { readonly urn: string; readonly type: string },
  properties: Readonly<Record<string, unknown>>,
): string {
  for (const key of nounOf(type)?.naming ?? ["displayName"]) {
    const value = properties[key];
    if (typeof value === "string" && value.trim() !== "")
      return key === "sku" ? productName(value) : value;
  }
  const name = nameOfUrn(urn);
  const given = assignmentIn(name);
  return given === undefined
    ? name
    : `${given.user} (${ROLE_NAMES[given.roleId]?.en ?? given.roleId})`;
}

/** Ids and unique keys of an object in all its states, in lower case, sorted, each once. */
export function objectIdentifiers(
  type: string,
  states: readonly (Pick<EngineState, "id" | "inputs" | "outputs"> | undefined)[],
): string[] {
  const keys = nounOf(type)?.unique ?? [];
  const values = states.flatMap((state) =>
    state === undefined
      ? []
      : [state.id, ...keys.flatMap((key) => [state.inputs[key], state.outputs[key]])],
  );
  const texts = values.filter((value) => typeof value === "string" && value !== "") as string[];
  return [...new Set(texts.map((text) => text.toLowerCase()))].filter(isKnown).sort(byText);
}
