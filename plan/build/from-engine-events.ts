/**
 * Makes a plan out of the events of one engine preview: what is really going to happen, after policies changed
 * what was declared. Anything that is not understood is refused, never left out.
 */
import { changeOf } from "./change.ts";
import type { ChangeResult } from "./change.ts";
import { outcomeOf } from "./consequences.ts";
import type { Declared } from "./declared.ts";
import type { Catalogue, Declarations } from "./declarations.ts";
import { byText, countChanges } from "../model/counts.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { readEngineLog } from "./engine-events.ts";
import type { EngineLog } from "./engine-events.ts";
import { PLAN_FORMAT } from "../model/model.ts";
import type {
  Change,
  Describe,
  ObjectRef,
  Plan,
  Start,
  StructureChange,
  Tenant,
  Tool,
} from "../model/model.ts";
import { keyOfUrn, typeOfUrn } from "../../core/urn.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { handiworkIn, undoing } from "./handiwork.ts";
import { objectName } from "./object-name.ts";
import { peopleInState } from "./person-names.ts";
import { findingsOf } from "../guards/findings.ts";
import { recordedOnPremises } from "./recorded.ts";
import { startsOf } from "./relied-on.ts";
import { asAdoption, resourceSteps } from "./steps.ts";
import type { ResourceStep } from "./steps.ts";
import { bagForDescribe, fromEngine } from "./engine-values.ts";

export interface PlanSources {
  /** Everything that `onEvent` gave during one preview. Never store it: debug events hold secrets. */
  readonly events: readonly unknown[];
  readonly tenant: Tenant;
  readonly tool: Tool;
  readonly createdAt: Date;
  readonly catalogue: Catalogue;
  readonly declarations: Declarations;
}

interface PlanWithStarts {
  readonly plan: Plan;
  /** What its consequences count on without touching it. */
  readonly reliedOn: readonly Start[];
}

/** @throws ExpectedError when the preview failed, was incomplete, or holds what a plan may not hold. */
export function planFromEngineEvents(sources: PlanSources): PlanWithStarts {
  const log = readEngineLog(sources.events);
  const { declarations, catalogue } = sources;
  const steps = resourceSteps(log).map((step) => asAdoption(step, declarations, catalogue.grain));
  checkOutcome(log);
  checkPolicyPack(log, sources.tool);

  const people = peopleInState(log.steps);
  const byHand = handiworkIn(log, sources.catalogue.grain);
  const changes: Change[] = [];
  const structure: StructureChange[] = [];
  const unchanged: ObjectRef[] = [];
  const declared: Declared[] = [];
  for (const step of steps) {
    const made = changeOf(step, { log, people, ...sources });
    if (made.kind === "change") changes.push(undoing(made.change, byHand.get(step.urn)));
    else if (made.kind === "structure") structure.push(made.change);
    else if (made.kind === "unchanged")
      unchanged.push(unchangedObject(step, sources.catalogue.describe));
    declared.push(declaredBy(step, made, sources.declarations.found.get(step.urn)));
  }
  changes.sort(byUrn);
  structure.sort(byUrn);
  unchanged.sort((one, other) => byText(one.urn ?? "", other.urn ?? ""));
  const { unmanaged, guards, rules } = sources.declarations;
  const lists = { changes, unchanged, unmanaged: [...unmanaged] };
  const { consequences, held, reliedOn } = outcomeOf(declared);
  const violations = log.policyEvents.map(({ policyName, resourceUrn, message }) => ({
    rule: policyName,
    urn: resourceUrn,
    message: message.trim(),
  }));
  const plan: Plan = {
    format: PLAN_FORMAT,
    tenant: sources.tenant,
    tool: sources.tool,
    rules,
    otherOptions: otherOptions(unchanged, sources.declarations),
    ...lists,
    consequences,
    structure,
    counts: countChanges(lists),
    findings: findingsOf(
      {
        ...{ changes, unchanged, consequences, held, violations },
        deleted: sources.declarations.deleted,
        siteLimits: sources.declarations.siteLimits,
        legacySignIns: sources.declarations.legacySignIns,
        licenseNeeds: sources.declarations.licenseNeeds,
        cameFromOnPremises: recordedOnPremises(log.steps),
      },
      { facts: guards, rules },
    ),
    createdAt: sources.createdAt.toISOString(),
  };
  return { plan, reliedOn: startsOf(reliedOn, { steps, changes, grain: sources.catalogue.grain }) };
}

const byUrn = (one: StructureChange, other: StructureChange): number =>
  byText(one.urn, other.urn) || byText(one.operation, other.operation);

/** @param found what was read of a list that becomes managed */
function declaredBy(
  { urn, type, before, after }: ResourceStep,
  made: ChangeResult,
  found: Readonly<Record<string, unknown>> | undefined,
): Declared {
  const bag = (state: ResourceStep["before"]): Record<string, unknown> | undefined =>
    state && bagForDescribe(fromEngine({ ...state.outputs, ...state.inputs }));
  const was = bag(before) ?? found;
  const isForgotten = made.kind === "change" && made.change.operation === "forget";
  return {
    urn,
    type,
    before: was,
    after: isForgotten ? was : bag(after),
    isChange: made.kind === "change",
  };
}

function unchangedObject({ urn, type, after }: ResourceStep, describe: Describe): ObjectRef {
  const properties = bagForDescribe(fromEngine(after?.inputs ?? {}));
  const described = describe({
    type,
    operation: "update",
    before: properties,
    after: properties,
    changedPaths: [],
  });
  return {
    section: described?.section ?? "other",
    name: objectName({ urn, type }, properties),
    urn,
  };
}

/** An option that is put on an object that does not change hides a difference of tomorrow. */
function otherOptions(
  unchanged: readonly ObjectRef[],
  { options }: Declarations,
): Plan["otherOptions"] {
  const declared = unchanged
    .map(({ urn = "" }) => ({ type: typeOfUrn(urn), ...options.get(keyOfUrn(urn)) }))
    // Where it was called before does nothing to an object that is found under its name.
    .map(({ aliases: _aliases, ...others }) => others)
    .filter((one) => Object.keys(one).length > 1);
  const distinct = new Map(declared.map((one) => [canonicalJson(one), one]));
  return [...distinct].sort(([one], [other]) => byText(one, other)).map(([, one]) => one);
}

function checkOutcome(log: EngineLog): void {
  const { summary, errorUrns } = log;
  if (!summary.isPreview || summary.maybeCorrupt) {
    throw new ExpectedError(
      "preview-incomplete",
      "The engine's log is not the log of a complete preview.",
      { hint: "Plan again; if it happens twice, report it with the engine's version." },
    );
  }
  const failedByPolicyOnly = summary.result === "failed" && log.policyEvents.length > 0;
  if (errorUrns.length > 0 || (summary.result !== "succeeded" && !failedByPolicyOnly)) {
    // The engine's own messages may hold secrets in clear, so they stay out.
    const where = [...new Set(errorUrns.filter((urn) => urn !== ""))].join(", ");
    throw new ExpectedError(
      "preview-failed",
      where === "" ? "The engine's preview failed." : `The engine's preview failed at ${where}.`,
      { hint: "Check the engine's output above, fix the cause and plan again." },
    );
  }
  checkCounts(log);
}

/** The engine's own counts must be those of its steps, else an event was lost on the way. */
function checkCounts({ steps, summary }: EngineLog): void {
  const counted: Record<string, number> = {};
  for (const step of steps) {
    if (step.logical) counted[step.op] = (counted[step.op] ?? 0) + 1;
  }
  const reported = summary.resourceChanges ?? {};
  const operations = new Set([...Object.keys(counted), ...Object.keys(reported)]);
  operations.delete("refresh");
  for (const operation of operations) {
    if ((counted[operation] ?? 0) !== (reported[operation] ?? 0)) {
      throw new ExpectedError(
        "preview-incomplete",
        `The engine counts ${reported[operation] ?? 0} steps of the kind ${operation}, its log holds ${counted[operation] ?? 0}.`,
        { hint: "Plan again; if it happens twice, report it with the engine's version." },
      );
    }
  }
}

function checkPolicyPack({ summary }: EngineLog, { policyPack }: Tool): void {
  const packs = Object.entries(summary.PolicyPacks ?? {}).map(
    // A pack from a folder is reported as name|local|path.
    ([name, version]) => `${name.split("|")[0] ?? ""}@${version.replace(/^v/, "")}`,
  );
  const wanted = `${policyPack.name}@${policyPack.version}`;
  if (!packs.includes(wanted)) {
    throw new ExpectedError("policy-pack-missing", `The policy pack ${wanted} did not run.`, {
      hint: "Run {doctor} to see whether the policy pack and its plugin are in place.",
      remedy: { doctor: {} },
    });
  }
}
