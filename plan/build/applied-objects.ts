/** What the state holds of a tenant, for people to read: what was applied last. Secrets stay masked. */
import { z } from "zod";
import { assignmentIn, ROLE_NAMES } from "../../core/directory-roles.ts";
import type { Json } from "../../core/json.ts";
import type { Text } from "../../core/language.ts";
import { nounOf } from "../../core/nouns.ts";
import type { Noun } from "../../core/nouns.ts";
import { nameOfUrn } from "../../core/urn.ts";
import { bagToJson, fromEngine } from "./engine-values.ts";
import { objectIdentifiers, objectName } from "./object-name.ts";
import { peopleInState, PEOPLE_PROPERTIES } from "./person-names.ts";

export interface AppliedObject {
  readonly noun: Noun;
  readonly name: Text;
  /** Ids and unique keys, in lower case. */
  readonly identifiers: readonly string[];
  /** As declared, with names in place of the ids of people. */
  readonly properties: Readonly<Record<string, Json>>;
}

const bag = z.record(z.string(), z.unknown()).nullish();
const deploymentSchema = z.looseObject({
  deployment: z.looseObject({
    resources: z
      .array(
        z.looseObject({
          ...{ urn: z.string(), type: z.string(), id: z.string().default("") },
          ...{ inputs: bag, outputs: bag, delete: z.boolean().default(false) },
        }),
      )
      .default([]),
  }),
});

/** Known from the service only, and worth reading. */
const FROM_SERVICE = ["committedUntil"];

/** @param exported a checkpoint as the engine exports it @throws ZodError where it is none */
export function appliedObjects(exported: unknown): readonly AppliedObject[] {
  const { resources } = deploymentSchema.parse(exported).deployment;
  const states = resources
    .filter((one) => !one.delete)
    .map(({ urn, type, id, inputs, outputs }) => ({
      ...{ urn, type, old: { id, inputs: inputs ?? {}, outputs: outputs ?? {} } },
    }));
  const people = peopleInState(states);
  return states.flatMap(({ urn, type, old }): AppliedObject[] => {
    const noun = nounOf(type);
    if (noun === undefined) return [];
    const outputs = FROM_SERVICE.flatMap((key) =>
      old.outputs[key] === undefined ? [] : [[key, old.outputs[key]] as const],
    );
    const values = bagToJson(fromEngine({ ...old.inputs, ...Object.fromEntries(outputs) }));
    return [
      {
        ...{ noun, name: nameOf({ urn, type }, old.inputs) },
        identifiers: objectIdentifiers(type, [old]),
        properties: Object.fromEntries(
          Object.entries(values).map(([key, value]) => [
            key,
            PEOPLE_PROPERTIES.has(key) ? named(value, people) : value,
          ]),
        ),
      },
    ];
  });
}

function nameOf(
  about: { readonly urn: string; readonly type: string },
  inputs: Readonly<Record<string, unknown>>,
): Text {
  const given = assignmentIn(nameOfUrn(about.urn));
  const role = given && ROLE_NAMES[given.roleId];
  if (given !== undefined && role !== undefined) {
    return { nl: `${given.user} (${role.nl})`, en: `${given.user} (${role.en})` };
  }
  const name = objectName(about, inputs);
  return { nl: name, en: name };
}

const named = (value: Json, people: ReadonlyMap<string, string>): Json =>
  Array.isArray(value)
    ? value.map((item) => named(item, people))
    : typeof value === "string"
      ? (people.get(value) ?? value)
      : value;
