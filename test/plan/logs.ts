/** Plans out of the recorded event logs. */
import { readFileSync } from "node:fs";
import type { Catalogue, Declarations } from "../../plan/build/declarations.ts";
import { grain as GRAIN } from "../../provider/index.ts";
import { planFromEngineEvents } from "../../plan/build/from-engine-events.ts";
import type { PlanSources } from "../../plan/build/from-engine-events.ts";
import type { Plan } from "../../plan/model/model.ts";
import { aPlan, RULES } from "./support.ts";

export type Event = Record<string, unknown> & { sequence: number };

export const eventsOf = (name: string): Event[] =>
  readFileSync(new URL(`../fixtures/plans/${name}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);

export const catalogue: Catalogue = {
  grain: GRAIN,
  describe: () => undefined,
  serviceAssigned: {
    "m365:directory:GroupMembership": ["groupId", "memberIds[*]"],
    "m365:licensing:UserLicense": ["userId"],
  },
};

export const noDeclarations: Declarations = {
  options: new Map(),
  people: new Map(),
  rules: { applied: RULES, proposed: RULES },
  releases: {
    ...{ sections: [], objects: [] },
    declared: { user: [], guest: [], group: [], mailbox: [], site: [], domain: [] },
  },
  found: new Map(),
  recycleBin: new Map(),
  blockReasons: new Map(),
  deleted: new Map(),
  siteLimits: undefined,
  legacySignIns: undefined,
  licenseNeeds: undefined,
  adopted: new Map(),
  unmanaged: [],
  guards: {
    sections: ["users", "groups", "sites", "subscriptions"],
    bought: {},
    storageQuotas: [],
    domains: ["contoso.com"],
    remove: [],
    allowsMany: [],
    onPremises: [],
  },
};

export function planOf(events: readonly unknown[], overrides: Partial<PlanSources> = {}): Plan {
  const { tenant, tool } = aPlan();
  const { plan } = planFromEngineEvents({
    events,
    tenant,
    tool,
    createdAt: new Date("2026-11-22T09:30:00Z"),
    catalogue,
    declarations: noDeclarations,
    ...overrides,
  });
  return plan;
}

interface State {
  urn: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  protect?: boolean;
  initErrors?: readonly string[];
}
interface Step {
  metadata: Record<string, unknown> & {
    urn: string;
    op: string;
    old: State | null;
    new: State | null;
  };
}

/** The log with the steps of one resource rewritten. */
export function withStep(
  name: string,
  end: string,
  rewrite: (step: Step["metadata"]) => void,
): Event[] {
  return eventsOf(name).map((event) => {
    for (const kind of ["resourcePreEvent", "resOutputsEvent"]) {
      const step = event[kind] as Step | undefined;
      if (step?.metadata.urn.endsWith(end) === true) rewrite(step.metadata);
    }
    return event;
  });
}
