/** One change as every rendering shows it, in one language, still unescaped. */
import type { Operation, Severity } from "../core/nouns.ts";
import type { PropertyView } from "./property-view.ts";

export interface ChangeView {
  readonly urn: string;
  readonly type: string;
  readonly operation: Operation;
  readonly severity: Severity;
  readonly sentence: string;
  /** Names that the sentence does not mention. */
  readonly affected: readonly string[];
  /** Undefined where the sentence says it. */
  readonly commitment: string | undefined;
  /** For what goes or is blocked: pairs of label and the tenant file's own words. */
  readonly removal: readonly (readonly [label: string, words: string])[];
  readonly properties: readonly PropertyView[];
  /** What every new object has, what goes with an object, what Microsoft fills in: technical details, no news. */
  readonly usual: readonly PropertyView[];
  /** What the options of the resource mean for people. */
  readonly remarks: readonly string[];
}
