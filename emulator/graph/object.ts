import type { StoredObject } from "../core/store.ts";

/** A Graph object as stored: every property spelt as in Graph. */
export type GraphObject = StoredObject & Record<string, unknown>;
