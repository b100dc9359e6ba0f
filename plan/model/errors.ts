/** Why there can be no plan, or why what was given is no plan. Nothing may be approved or applied then. */
export type PlanRefusalCode =
  | "not-a-plan"
  | "preview-failed"
  | "preview-incomplete"
  | "policy-pack-missing"
  | "policy-pack-foreign"
  | "unknown-operation"
  | "unknown-value"
  | "unexplained-difference";

/** An expected failure while a plan is made or read. Never carries a value of a property. */
export class PlanRefusedError extends Error {
  override readonly name = "PlanRefusedError";
  readonly code: PlanRefusalCode;
  /** What to do next, one sentence. */
  readonly hint: string;

  constructor(code: PlanRefusalCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
