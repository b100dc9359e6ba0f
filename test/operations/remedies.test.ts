/** What a refusal says to do is done, and the plan is applied after it. `remedies.ts` tells which code is where. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ERROR_AREAS } from "../../core/error-codes.ts";
import type { ErrorCode } from "../../core/error-codes.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { applyApproved } from "../../operations/apply.ts";
import { decide } from "../../operations/decide.ts";
import type { DecisionRequest } from "../../operations/decide.ts";
import { planTenant } from "../../operations/plan.ts";
import { withdrawDecision } from "../../operations/withdraw.ts";
import { planDigest } from "../../plan/index.ts";
import type { Finding } from "../../plan/index.ts";
import { REMEDIES } from "./remedies.ts";
import { aWorld, MARIEKE, NOTHING, PIETER, planOf, STACK } from "./support.ts";
import type { World } from "./support.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

const plan = async ({ context }: Pick<World, "context">, refresh = false): Promise<unknown> =>
  await planTenant(context, { stack: STACK, refresh, isNew: false });

const proposalOf = (world: World, reason: string): Pick<World, "context"> => {
  const authors = ["engineer@beheer.example"];
  return { context: world.with({ findAuthors: async () => ({ authors, commit: null, reason }) }) };
};

const approve = async ({ context }: World, more: Partial<DecisionRequest> = {}): Promise<unknown> =>
  await decide(context, {
    ...{ stack: STACK, decision: "approved", remark: "", email: undefined },
    ...{ digest: undefined, shown: [], ...more },
  });

const apply = async ({ context }: World, authors: readonly string[] = []): Promise<unknown> =>
  await applyApproved(context, { stack: STACK, refresh: false, authors });

const withdraw = async ({ context }: World): Promise<unknown> =>
  await withdrawDecision(context, { stack: STACK, email: MARIEKE, digest: undefined, remark: "" });

async function anew(world: World, refresh = false): Promise<void> {
  await plan(world, refresh);
  await approve(world);
}

const approved = async (world: World): Promise<void> => {
  await anew(world);
};

/** Somebody has put back by hand what was applied, so that the same plan is made again. */
async function appliedAndReverted(world: World): Promise<void> {
  world.plans.state = planOf(["anna"], {
    unchanged: [{ section: "people", name: "bram", urn: "urn:bram" }],
  });
  await anew(world);
  await apply(world);
}

const moved = (world: World, state: World["compared"][number]["comparison"]["state"]): void => {
  world.compared = [{ name: "Bram", comparison: { state, paths: [] } }];
};

const unmoved = (world: World): void => {
  world.compared = [];
};

const LIMITS_LOOSENED: Finding = {
  ...{ code: "limits-loosened", source: "safeguard", urns: [], clearedBy: "second-approver" },
  message: { nl: "Ruimere grenzen", en: "Wider limits" },
};

interface Scenario {
  readonly code: ErrorCode;
  /** Up to where the next step is refused. */
  readonly before: (world: World) => unknown;
  /** Default: the apply. */
  readonly refused?: (world: World) => Promise<unknown>;
  readonly remedy: (world: World) => unknown;
  /** Default: without naming an author. */
  readonly authors?: readonly string[];
}

const SCENARIOS: readonly Scenario[] = [
  { code: "no-approval", before: plan, remedy: (world) => approve(world) },
  {
    code: "other-digest",
    before: async (world) => {
      await anew(world);
      world.plans.state = planOf(["anna", "bram"]);
    },
    remedy: approved,
  },
  {
    code: "page-differs",
    before: async (world) => {
      await anew(world);
      const other = planOf(["anna"]);
      const description = { nl: "Iets anders", en: "Something else" };
      world.plans.state = {
        ...other,
        changes: other.changes.map((change) => ({ ...change, description })),
      };
    },
    remedy: approved,
  },
  {
    code: "refused",
    before: async (world) => {
      await plan(world);
      await approve(world, { decision: "refused" });
    },
    remedy: async (world) => {
      world.plans.state = planOf(["bram"]);
      await anew(world);
    },
  },
  {
    code: "withdrawn",
    before: async (world) => {
      await anew(world);
      await withdraw(world);
    },
    remedy: (world) => approve(world),
  },
  {
    code: "expired",
    before: async (world) => {
      await anew(world);
      world.pass(15 * DAY_MS);
    },
    remedy: (world) => approve(world),
  },
  {
    code: "consumed",
    before: appliedAndReverted,
    remedy: approved,
  },
  {
    code: "already-applied",
    before: appliedAndReverted,
    refused: (world) => approve(world),
    remedy: approved,
  },
  {
    code: "decided-too-late",
    before: async (world) => {
      await plan(world);
      world.pass(31 * DAY_MS);
    },
    refused: (world) => approve(world),
    remedy: approved,
  },
  {
    code: "nothing-to-withdraw",
    before: plan,
    refused: withdraw,
    remedy: (world) => approve(world),
  },
  {
    code: "already-decided",
    before: anew,
    refused: (world) => approve(world),
    remedy: () => undefined,
  },
  {
    code: "several-plans",
    before: async (world) => {
      await plan(world);
      world.plans.state = planOf(["bram"]);
      await plan(proposalOf(world, "Hire Bram"));
    },
    refused: (world) => approve(world),
    remedy: (world) => approve(world, { digest: planDigest(planOf(["bram"])) }),
  },
  {
    code: "nothing-to-approve",
    before: async (world) => {
      world.plans.state = NOTHING;
      await plan(world);
    },
    refused: (world) => approve(world),
    remedy: async (world) => {
      world.plans.state = planOf(["anna"]);
      await anew(world);
    },
  },
  {
    code: "required-not-met",
    before: async (world) => {
      world.declare(["required: 1", "required: 2"]);
      await plan(world);
      await approve(world, { email: MARIEKE });
    },
    remedy: (world) => approve(world, { email: PIETER }),
  },
  {
    code: "second-decision-maker-needed",
    before: async (world) => {
      world.plans.state = planOf(["anna"], { findings: [LIMITS_LOOSENED] });
      await plan(world);
      await approve(world, { email: MARIEKE });
    },
    remedy: (world) => approve(world, { email: PIETER }),
  },
  {
    code: "author-unknown",
    before: async (world) => {
      await anew(world);
      const findAuthors: World["context"]["findAuthors"] = async ({ named }) => ({
        ...{ authors: named, commit: null, reason: null },
      });
      Object.assign(world.context, { findAuthors });
    },
    remedy: () => undefined,
    authors: ["engineer@beheer.example"],
  },
  {
    code: "own-change",
    before: async (world) => {
      await anew(world);
      const findAuthors: World["context"]["findAuthors"] = async () => ({
        ...{ authors: [MARIEKE], commit: null, reason: null },
      });
      Object.assign(world.context, { findAuthors });
    },
    remedy: (world) => approve(world, { email: PIETER }),
  },
  {
    code: "plan-refused",
    before: async (world) => {
      await plan(world);
      world.plans.state = new ExpectedError("preview-failed", "No.", { hint: "Mend it." });
      await expect(plan(world)).rejects.toMatchObject({ code: "preview-failed" });
    },
    refused: (world) => approve(world),
    remedy: async (world) => {
      world.plans.state = planOf(["anna"]);
      await anew(world);
    },
  },
  {
    code: "clock-wrong",
    before: async (world) => {
      await anew(world);
      world.clockAheadMs = 10 * 60_000;
    },
    remedy: (world) => {
      world.clockAheadMs = 0;
    },
  },
  {
    code: "base-moved",
    before: async (world) => {
      await anew(world);
      moved(world, "moved");
    },
    remedy: async (world) => {
      world.plans.tenant = planOf(["anna", "bram"]);
      await anew(world, true);
      unmoved(world);
    },
  },
  {
    code: "name-taken",
    before: async (world) => {
      await anew(world);
      moved(world, "key-taken");
    },
    remedy: unmoved,
  },
  {
    code: "not-in-recycle-bin",
    before: async (world) => {
      await anew(world);
      moved(world, "not-in-bin");
    },
    remedy: async (world) => {
      world.plans.state = planOf(["bram"]);
      await anew(world);
      unmoved(world);
    },
  },
];

describe("a remedy that is carried out", () => {
  it.each(SCENARIOS)("leads out of $code", async (scenario) => {
    const { code, before, refused = apply, remedy, authors } = scenario;
    const world = aWorld();
    await before(world);
    await expect(refused(world)).rejects.toMatchObject({ code });
    await remedy(world);
    await expect(apply(world, authors)).resolves.toMatchObject({ changed: true });
  });
});

describe("the table of remedies", () => {
  const ALL: readonly ErrorCode[] = Object.values(ERROR_AREAS).flat();

  it("has a row for every code, and no other", () => {
    expect(Object.keys(REMEDIES).toSorted()).toEqual(ALL.toSorted());
  });

  it.each(ALL)("names a test that is there, or says why there is none: %s", (code) => {
    const row = REMEDIES[code];
    if ("why" in row) {
      expect(row.why).toMatch(/^[A-Z].{20,}\.$/);
      return;
    }
    const text = readFileSync(new URL(`../${row.test}`, import.meta.url), "utf8");
    expect(text).toContain(row.title);
    if (row.test === "operations/remedies.test.ts")
      expect(SCENARIOS.map((scenario) => scenario.code)).toContain(code);
    // Where the remedy is carried out, the refusal was met first.
    else expect(text).toContain(`"${code}"`);
  });
});
