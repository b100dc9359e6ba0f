/**
 * The engine's event log, checked: the JSON that the Automation API's `onEvent` gives. The SDK's own types lack
 * several kinds, so they are described here. Source: pulumi sdk/go/common/apitype/events.go, v3.250.0
 * (checked 2026-11). Debug diagnostics hold secrets in clear; they are dropped before anything looks at them.
 */
import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";

const properties = z.record(z.string(), z.unknown());

const stateSchema = z.looseObject({
  type: z.string(),
  urn: z.string(),
  custom: z.boolean().default(false),
  delete: z.boolean().default(false),
  external: z.boolean().default(false),
  id: z.string(),
  parent: z.string(),
  provider: z.string(),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
  inputs: properties.nullable().transform((value) => value ?? {}),
  outputs: properties.nullable().transform((value) => value ?? {}),
  hideDiffs: z.array(z.json()).default([]),
  /** What went wrong after the service had made or changed the object; empty when that was finished. */
  initErrors: z
    .array(z.string())
    .nullish()
    .transform((errors) => errors ?? []),
});

const stepSchema = z.looseObject({
  metadata: z.looseObject({
    op: z.string(),
    urn: z.string(),
    type: z.string(),
    old: stateSchema.nullish(),
    new: stateSchema.nullish(),
    keys: z.array(z.string()).nullish(),
    diffs: z.array(z.string()).nullish(),
    detailedDiff: z
      .record(z.string(), z.looseObject({ diffKind: z.string(), inputDiff: z.boolean() }))
      .nullish(),
    logical: z.boolean().default(false),
  }),
});

/** Whatever level it reports: each rule of the pack protects a promise, so none is mere advice. */
const policyEventSchema = z.looseObject({
  resourceUrn: z.string().default(""),
  message: z.string(),
  policyName: z.string(),
});

const diagnosticSchema = z.looseObject({
  urn: z.string().default(""),
  message: z.string(),
  severity: z.string(),
});

const summarySchema = z.looseObject({
  maybeCorrupt: z.boolean(),
  resourceChanges: z.record(z.string(), z.int()).nullable(),
  /** Pack name, or `name|local|path` for a pack from a folder, with its version. */
  PolicyPacks: z.record(z.string(), z.string()).nullish(),
  isPreview: z.boolean(),
  result: z.string(),
});

const envelopeSchema = z.looseObject({ sequence: z.int() });

export type EngineState = z.infer<typeof stateSchema>;
export type EngineStep = z.infer<typeof stepSchema>["metadata"];
type PolicyEvent = z.infer<typeof policyEventSchema>;
type SummaryEvent = z.infer<typeof summarySchema>;

/** A whole event log of one preview, sorted out. */
export interface EngineLog {
  /** What the engine is going to do, in its order. */
  readonly steps: readonly EngineStep[];
  /** What came out of each step; the last one of a URN is final. */
  readonly outcomes: readonly EngineStep[];
  readonly policyEvents: readonly PolicyEvent[];
  readonly errorUrns: readonly string[];
  readonly summary: SummaryEvent;
}

const SKIPPED = new Set([
  "cancelEvent",
  "stdoutEvent",
  "preludeEvent",
  "policyLoadEvent",
  "policyAnalyzeSummaryEvent",
  "policyRemediateSummaryEvent",
  "policyAnalyzeStackSummaryEvent",
  "progressEvent",
]);

const RETRY = "Plan again; if it happens twice, report it with the engine's version.";

/** @throws ExpectedError when an event is missing, malformed or of an unknown kind, or the preview failed. */
export function readEngineLog(events: readonly unknown[]): EngineLog {
  const log = {
    steps: [] as EngineStep[],
    outcomes: [] as EngineStep[],
    policyEvents: [] as PolicyEvent[],
    errorUrns: [] as string[],
  };
  let summary: SummaryEvent | undefined;
  for (const [kind, body] of inOrder(events)) {
    switch (kind) {
      case "resourcePreEvent":
        log.steps.push(checked(stepSchema, body, kind).metadata);
        break;
      case "resOutputsEvent":
        log.outcomes.push(checked(stepSchema, body, kind).metadata);
        break;
      case "policyEvent":
        log.policyEvents.push(checked(policyEventSchema, body, kind));
        break;
      case "policyRemediationEvent":
        // Our pack changes nothing, and what another one changes would be nobody's declaration.
        throw new ExpectedError(
          "policy-pack-foreign",
          "The policy pack changed what was declared.",
          {
            hint: "Run {doctor} to see whether the policy pack is that of this release.",
            remedy: { doctor: {} },
          },
        );
      case "summaryEvent":
        summary = checked(summarySchema, body, kind);
        break;
      case "diagnosticEvent": {
        const diagnostic = checked(diagnosticSchema, body, kind);
        const isClosingLine = diagnostic.message.trim() === "preview failed";
        if (diagnostic.severity === "error" && !isClosingLine) log.errorUrns.push(diagnostic.urn);
        break;
      }
      case "resOpFailedEvent":
        log.errorUrns.push(checked(stepSchema, body, kind).metadata.urn);
        break;
      case "errorEvent":
        log.errorUrns.push("");
        break;
      default:
        if (!SKIPPED.has(kind)) {
          throw new ExpectedError(
            "preview-incomplete",
            `The engine reported an event of unknown kind ${JSON.stringify(kind)}.`,
            { hint: "Use the engine version that this release of Tenantry is pinned to." },
          );
        }
    }
  }
  if (summary === undefined) {
    throw new ExpectedError("preview-incomplete", "The engine's log has no summary.", {
      hint: RETRY,
    });
  }
  return { ...log, summary };
}

/** The events by sequence number, each as its kind and its body; a gap or a double means an incomplete log. */
function inOrder(events: readonly unknown[]): [kind: string, body: unknown][] {
  const sorted = events
    .map((event) => checked(envelopeSchema, event, "event"))
    .sort((one, other) => one.sequence - other.sequence);
  return sorted.map((event, index) => {
    const kinds = Object.keys(event).filter((key) => key !== "sequence" && key !== "timestamp");
    const [kind] = kinds;
    if (event.sequence !== index || kind === undefined || kinds.length > 1) {
      throw new ExpectedError("preview-incomplete", "The engine's log has gaps.", { hint: RETRY });
    }
    return [kind, event[kind]];
  });
}

function checked<T>(schema: z.ZodType<T>, value: unknown, kind: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // The path says where it went wrong; the value itself may be a secret.
  const where = result.error.issues[0]?.path.join(".") ?? "";
  throw new ExpectedError(
    "preview-incomplete",
    `The engine's ${kind} has an unexpected shape at ${JSON.stringify(where)}.`,
    { hint: "Use the engine version that this release of Tenantry is pinned to." },
  );
}
