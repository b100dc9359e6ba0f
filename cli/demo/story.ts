/** The main job, step by step: each step does something real and says whether it went as it should. */
import { writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadTenant } from "../../tenant-file/index.ts";
import { editTenantFile, JOINER, joinLeaveAndShare, LEAVER } from "./changes.ts";
import { compareWithFile } from "./compare.ts";
import type { Called, Stage } from "./stage.ts";

/** What a step may show and use. */
interface Scene {
  readonly stage: Stage;
  /** Runs a command and shows its line. */
  readonly call: (args: readonly string[]) => Promise<Called>;
  /** Shows lines below the step. */
  readonly tell: (lines: readonly string[]) => void;
}

export interface Step {
  readonly title: string;
  /** Undefined when the step did what it should; else what went wrong. */
  play(scene: Scene): Promise<string | undefined>;
}

const TENANT = "contoso";
/** More of a plan than this is for `tenantry show`. */
const SHOWN_LINES = 14;

export const story: readonly Step[] = [
  {
    title: "The sample tenant file is valid",
    play: async ({ call, tell }) => {
      const called = await call(["validate", TENANT]);
      tell([called.output]);
      return expectExit(called, 0);
    },
  },
  {
    title: "Pulumi's engine plans it, with the policy pack",
    play: async ({ call, tell }) => {
      const called = await call(["plan", TENANT]);
      tell(beginning(called.output));
      return expectExit(called, 0);
    },
  },
  {
    title: "Without approval nothing is applied",
    play: async ({ call, tell }) => {
      const called = await call(["apply", TENANT]);
      tell([called.remarks]);
      return expectExit(called, 2);
    },
  },
  {
    title: "The decision maker approves the plan",
    play: async ({ call, tell }) => {
      const called = await call(["approve", TENANT]);
      tell([called.output]);
      return expectExit(called, 0);
    },
  },
  {
    title: "What was approved is applied",
    play: async ({ call, tell }) => {
      const called = await call(["apply", TENANT]);
      tell([called.output]);
      return expectExit(called, 0);
    },
  },
  {
    title: "A second plan is empty, and the tenant holds what the file says",
    play: async (scene) => (await expectEmptyPlan(scene)) ?? (await expectTenantLikeFile(scene)),
  },
  {
    title: "Somebody joins, somebody leaves, a group gets access to a site",
    play: async (scene) => {
      const { stage, call, tell } = scene;
      editTenantFile(stage.tenantFile(TENANT), joinLeaveAndShare);
      const planned = await call(["plan", TENANT]);
      tell(beginning(planned.output));
      const english = await call(["show", TENANT, "--language", "en"]);
      tell(beginning(english.output));
      const approved = await call(["approve", TENANT, "--as", "pieter.jansen@contoso.com"]);
      const applied = await call(["apply", TENANT]);
      tell([applied.output]);
      const wrong = [planned, english, approved, applied].map((called) => expectExit(called, 0));
      const sentences = [...planned.output.split("\n"), ...english.output.split("\n")];
      for (const person of [JOINER, LEAVER]) {
        if (!sentences.some((line) => line.includes(person)))
          wrong.push(`The plan leaves out ${person}`);
      }
      return (
        wrong.find((text) => text !== undefined) ??
        (await expectEmptyPlan(scene)) ??
        (await expectTenantLikeFile(scene))
      );
    },
  },
  {
    title: "A tenant without backup is refused, and one without decision makers",
    play: async ({ stage, call, tell }) => {
      const path = stage.tenantFile("fabrikam");
      const whole = readFileSync(path, "utf8");
      const refusals = [
        { section: "backup", policy: "m365-tenant-has-backup" },
        { section: "approval", policy: "m365-tenant-has-approval" },
      ];
      for (const { section, policy } of refusals) {
        editTenantFile(path, (file) => file.delete(section));
        const called = await call(["plan", "fabrikam"]);
        tell([called.remarks]);
        writeFileSync(path, whole);
        const wrong =
          expectExit(called, 2) ??
          (called.remarks.includes(policy) ? undefined : `The refusal does not name ${policy}`);
        if (wrong !== undefined) return wrong;
      }
      return undefined;
    },
  },
  {
    title: "What to look at next",
    play: async ({ call, tell }) => {
      const shown = await call(["show", TENANT, "--json"]);
      const page = /Preview page: (.+)/.exec(shown.remarks)?.[1];
      tell([
        `The preview page, as the decision maker sees it: ${page ?? "missing"}`,
        "Try in this clone:",
        "  npx tenantry plan contoso",
        "  npx tenantry approve contoso",
        "  npx tenantry apply contoso",
      ]);
      return expectExit(shown, 0) ?? (page === undefined ? "There is no preview page" : undefined);
    },
  },
];

function expectExit(called: Called, exitCode: number): string | undefined {
  if (called.exitCode === exitCode) return undefined;
  return `${called.line} ended with ${called.exitCode} instead of ${exitCode}\n${called.remarks}`;
}

async function expectEmptyPlan({ call }: Scene): Promise<string | undefined> {
  const called = await call(["plan", TENANT, "--exit-code"]);
  return expectExit(called, 0);
}

async function expectTenantLikeFile({ stage, tell }: Scene): Promise<string | undefined> {
  const tenant = await loadTenant({ stacksDirectory: join(stage.root, "stacks"), tenant: TENANT });
  const found = await compareWithFile(join(stage.root, ".tenantry", "emulator"), tenant);
  tell([
    `In the tenant: ${found.people} people, ${found.groups} groups with ${found.memberships} members.`,
  ]);
  return found.differences.length === 0 ? undefined : found.differences.join("\n");
}

/** The beginning of a text, with a mark where it was cut. */
function beginning(text: string): string[] {
  const lines = text.split("\n");
  if (lines.length <= SHOWN_LINES) return lines;
  const left = lines.length - SHOWN_LINES;
  return [...lines.slice(0, SHOWN_LINES), `… ${left} more lines: tenantry show ${TENANT}`];
}
