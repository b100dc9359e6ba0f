/** From the engine's steps to one operation per resource: a replacement is three steps, an adoption up to three. */
import type { EngineLog, EngineState, EngineStep } from "./engine-events.ts";
import type { Operation } from "../../core/nouns.ts";
import { keyOfUrn } from "../../core/urn.ts";
import type { Grain } from "../model/grain.ts";
import type { Declarations } from "./declarations.ts";
import { ExpectedError } from "../../core/expected-error.ts";

/** What happens to one resource. `same` means that only its options or outputs can differ. */
export interface ResourceStep {
  readonly urn: string;
  readonly type: string;
  readonly operation: Operation | "same";
  /** The state it starts from; for an adoption, what was read from the service. */
  readonly before: EngineState | undefined;
  /** What was declared, after policies changed it. */
  readonly after: EngineState | undefined;
  readonly detailedDiff: Readonly<Record<string, { readonly inputDiff: boolean }>>;
  readonly diffs: readonly string[];
  readonly replaceReasons: readonly string[];
}

const OPERATIONS: Readonly<Record<string, Operation | "same">> = {
  same: "same",
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  import: "adopt",
};

/** Steps that another step of the same resource stands for, each with the operation it belongs to. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  replace: ["create-replacement", "delete-replaced", "remove-pending-replace"],
  import: ["same", "update"],
  create: ["remove-pending-replace"],
};

/** @throws ExpectedError for an operation, or a combination of operations, that is not understood. */
export function resourceSteps(log: EngineLog): ResourceStep[] {
  const byUrn = new Map<string, EngineStep[]>();
  for (const step of log.steps) {
    // A refresh changes no tenant; the steps after it start from what it found.
    if (step.op === "refresh") continue;
    const group = byUrn.get(step.urn);
    if (group === undefined) byUrn.set(step.urn, [step]);
    else group.push(step);
  }
  const readBy = new Map<string, EngineState>();
  for (const outcome of log.outcomes) {
    if (outcome.op === "import" && outcome.old) readBy.set(outcome.urn, outcome.old);
  }
  return [...byUrn.values()].flatMap((group) => {
    const [leftovers, current] = split(group);
    const steps = leftovers.map((step) => resourceStep(step, { operation: "delete", all: [step] }));
    return current.length === 0 ? steps : [...steps, combined(current, readBy)];
  });
}

/** A creation of what is there already, and was read: its adoption. What no service gives back starts from nothing. */
export function asAdoption(
  step: ResourceStep,
  { adopted, options }: Pick<Declarations, "adopted" | "options">,
  { kindOf }: Pick<Grain, "kindOf">,
): ResourceStep {
  const { urn, type, operation, after } = step;
  const found = adopted.get(urn);
  if (found === undefined || after === undefined || operation !== "create") return step;
  const isReadable = (path: string): boolean => kindOf({ type, path }) !== "write-only";
  const ignored = new Set(options.get(keyOfUrn(urn))?.ignoreChanges);
  const inputs = {
    ...Object.fromEntries(Object.entries(found.inputs).filter(([key]) => isReadable(key))),
    ...Object.fromEntries(Object.entries(after.inputs).filter(([key]) => ignored.has(key))),
  };
  return { ...step, operation: "adopt", before: { ...after, id: found.id, inputs, outputs: {} } };
}

/** Deletions that an interrupted replacement left behind are changes of their own. */
function split(group: readonly EngineStep[]): [leftovers: EngineStep[], current: EngineStep[]] {
  const isLeftover = (step: EngineStep): boolean =>
    step.op === "delete" && step.old?.delete === true;
  return [group.filter(isLeftover), group.filter((step) => !isLeftover(step))];
}

function combined(
  group: readonly EngineStep[],
  readBy: ReadonlyMap<string, EngineState>,
): ResourceStep {
  const main =
    group.find((step) => step.op in PARTS) ?? (group.length === 1 ? group[0] : undefined);
  const operation = main === undefined ? undefined : OPERATIONS[main.op];
  const isWhole = group.every((step) => step === main || PARTS[main?.op ?? ""]?.includes(step.op));
  if (main === undefined || operation === undefined || !isWhole) {
    throw new ExpectedError(
      "unknown-operation",
      `The engine plans ${group.map((step) => step.op).join(" and ")} for ${group[0]?.urn ?? ""}.`,
      {
        hint: "Only create, update, replace, delete, import and retain can be planned; change the declaration.",
      },
    );
  }
  const step = resourceStep(main, { operation, all: group });
  return operation === "adopt" ? { ...step, before: readBy.get(step.urn) } : step;
}

function resourceStep(
  main: EngineStep,
  { operation, all }: { operation: Operation | "same"; all: readonly EngineStep[] },
): ResourceStep {
  const isForgotten = operation === "delete" && main.old?.retainOnDelete === true;
  return {
    urn: main.urn,
    type: main.type,
    operation: isForgotten ? "forget" : operation,
    before: main.old ?? undefined,
    after: main.new ?? undefined,
    detailedDiff: Object.assign(
      {},
      ...all.map((step) => step.detailedDiff ?? {}),
    ) as ResourceStep["detailedDiff"],
    diffs: [...new Set(all.flatMap((step) => step.diffs ?? []))],
    replaceReasons:
      operation === "replace" ? [...new Set(all.flatMap((step) => step.keys ?? []))].sort() : [],
  };
}
