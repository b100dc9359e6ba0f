/** The plan as a value: made from the engine's events, judged by its guards. */
export type { Declarations, DeclaredOptions } from "./build/declarations.ts";
export { readBackFromEngineEvents } from "./build/drift.ts";
export type { Drift, ReadBack } from "./build/drift.ts";
export { UNKNOWN } from "./build/engine-values.ts";
export { appliedObjects } from "./build/applied-objects.ts";
export type { AppliedObject } from "./build/applied-objects.ts";
export { compareWithBase } from "./base.ts";
export { blocksLegacySignIn } from "./guards/legacy-sign-in.ts";
export { needsNoLicenseAnyMore } from "./guards/shared-people.ts";
export type { ComparedPath, Comparison } from "./base.ts";
export { planFromEngineEvents } from "./build/from-engine-events.ts";
export { stateInputs } from "./build/recorded.ts";
export type { RecordedInputs, StateInputs } from "./build/recorded.ts";
export { releaseOf } from "./build/releases.ts";
export type { Releases } from "./build/releases.ts";
export { PEOPLE_PROPERTIES, personName } from "./build/person-names.ts";
export { FINDING_REMEDIES } from "./guards/finding-remedies.ts";
export { admission, isStop } from "./guards/findings.ts";
export type { GuardFacts } from "./guards/findings.ts";
export { agreedEnds, droppedEnds, endsOf } from "./ends.ts";
export type { AgreedEnd } from "./ends.ts";
export { takenOverNames } from "./guards/on-premises.ts";
export { acceptedChanges, changesRules, ruleChanges } from "./guards/rules.ts";
export { digested, digestOf, planDigest } from "./model/digest.ts";
export type { DigestedPlan } from "./model/digest.ts";
export { SECRET } from "./model/model.ts";
export type {
  Change,
  Consequence,
  ElementChange,
  Finding,
  ObjectRef,
  Plan,
  PropertyChange,
  SiteRight,
  Start,
  Tool,
} from "./model/model.ts";
export { parsePlan } from "./model/parse.ts";
export { isRemainderOf } from "./remainder.ts";
export { sortDrift } from "./touched.ts";
