/** The plan as a value: made from the engine's events, judged by its guards. */
export type { DeclaredOptions } from "./build/change.ts";
export { UNKNOWN } from "./build/engine-values.ts";
export { planFromEngineEvents } from "./build/from-engine-events.ts";
export { PEOPLE_PROPERTIES, personName } from "./build/person-names.ts";
export {
  BRAKED_KINDS,
  checkBrakes,
  DEFAULT_LIMITS,
  needsSecondDecisionMaker,
  stoppedBy,
} from "./guards/safeguards.ts";
export type { BrakedKind, BrakeFacts, BrakeFinding, BrakeLimits } from "./guards/safeguards.ts";
export { digestOf, planDigest } from "./model/digest.ts";
export type { Change, Commitment, ObjectRef, Plan, PropertyChange, Tool } from "./model/model.ts";
export { parsePlan } from "./model/parse.ts";
export { isRestOf } from "./remainder.ts";
