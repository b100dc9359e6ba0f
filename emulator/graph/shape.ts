/** Turns stored objects into answers: default properties, `$select`, computed values, nulls. */
import type { Scope } from "../core/workload.ts";
import type { GraphObject } from "./object.ts";
import { propertiesOf, propertyOf } from "../odata/schema.ts";
import { actualType } from "../odata/validate.ts";
import type { EntityDefinition } from "./definition.ts";

export interface ShapeOptions {
  select?: readonly string[] | undefined;
  /** Whether the request is for this one object. */
  isSingle?: boolean;
  /** Adds `@odata.type`, as in collections of directory objects. */
  withType?: boolean;
}

export function shapeObject(
  scope: Scope & { prefix?: string },
  source: { definition: EntityDefinition; object: GraphObject },
  options: ShapeOptions = {},
): Record<string, unknown> {
  const { definition, object } = source;
  const type = actualType(object, definition.type);
  const shaped: Record<string, unknown> = {};
  if (options.withType === true || definition.isPolymorphic === true)
    shaped["@odata.type"] = `#microsoft.graph.${type}`;
  if (definition.etag !== undefined) shaped["@odata.etag"] = definition.etag(object);
  const names = [
    ...chosenProperties(definition, type, options),
    ...(options.select === undefined && scope.prefix === "/beta"
      ? (definition.betaProperties ?? [])
      : []),
  ];
  for (const name of names) {
    if (definition.hidden?.includes(name) === true) {
      shaped[name] = null;
      continue;
    }
    const property = propertyOf(type, name);
    if (property === undefined) continue;
    const value = definition.computed?.[name]?.(scope, object) ?? object[name];
    shaped[name] = value ?? (property.isCollection ? [] : null);
  }
  return shaped;
}

function chosenProperties(
  definition: EntityDefinition,
  type: string,
  options: ShapeOptions,
): readonly string[] {
  if (options.select !== undefined) {
    const { select } = options;
    return options.isSingle === true
      ? select
      : select.filter((name) => definition.singleOnly?.includes(name) !== true);
  }
  if (definition.defaultProperties !== undefined) return definition.defaultProperties;
  const hidden = new Set([...(definition.hidden ?? []), ...(definition.singleOnly ?? [])]);
  return propertiesOf(type).filter((name) => !hidden.has(name));
}
