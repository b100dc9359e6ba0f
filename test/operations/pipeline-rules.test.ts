/** The pipelines that `tenantry init` writes: valid by the platforms' schemas, and safe whatever a branch holds. */
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import schemas from "../generated/pipeline-schemas.json" with { type: "json" };
import { gitHub, gitLab, scriptOf, template } from "./pipelines.ts";
import type { Job, Workflow } from "./pipelines.ts";

describe.each(["github", "gitlab", "azure"] as const)("the pipeline for %s", (name) => {
  const { words, schema } = schemas[name];
  const isValid = new Ajv().compile(schema);

  it("is valid by the platform's schema", () => {
    expect(isValid(parse(template(name))), JSON.stringify(isValid.errors)).toBe(true);
  });

  it("has no word that the schema was trimmed without", () => {
    const found = new Set<string>();
    JSON.stringify(parse(template(name)), (key, value: unknown) => {
      if (!/^\d*$/.test(key)) found.add(key);
      return value;
    });
    // Otherwise run scripts/generate-pipeline-schemas.ts again.
    expect([...found].filter((word) => !words.includes(word))).toEqual([]);
  });
});

it.each([
  ["github", "runs-on: [self-hosted, tenantry]", "runs-on: 7"],
  ["github", "contents: write", "contents: admin"],
  ["github", "cancel-in-progress: false", "cancel-in-progress: [never]"],
  ["github", "    environment: tenants", "    environments: tenants"],
  ["gitlab", "interruptible: true", "interruptible: sometimes"],
  ["gitlab", "resource_group: tenantry", "resource_group: [tenantry]"],
  ["azure", "checkout: self", "checkouts: self"],
  ["azure", "        displayName: Plan", "        displayTitle: Plan"],
] as const)("%s: the schema refuses a slip: %s", (name, right, wrong) => {
  const text = template(name);
  expect(text).toContain(right);
  expect(new Ajv().validate(schemas[name].schema, parse(text.replace(right, wrong)))).toBe(false);
});

const PULL_REQUEST = "pull_request";

/** What a job may be given that works for somebody who wrote a branch. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...["contents: read", "checks: write", "pull-requests: write"],
]);

const mayCancel = ({ concurrency }: Job): boolean =>
  ![undefined, false].includes(concurrency?.["cancel-in-progress"] as boolean | undefined);

const isForBranches = ({ if: condition = PULL_REQUEST }: Job): boolean =>
  condition.includes(PULL_REQUEST);

/**
 * What is wrong with a workflow, each in a sentence. `pull_request` would run the workflow and the program of the branch, on
 * a runner that keeps state; `pull_request_target` runs those of main, and is safe as long as nothing of the branch is
 * checked out and the job has nothing to give away.
 * @see https://docs.github.com/actions/reference/security/secure-use (not read anew on 2026-11-28)
 */
function violations({ on, permissions, jobs }: Workflow): string[] {
  return [
    ...(PULL_REQUEST in on ? ["runs the workflow of the branch"] : []),
    ...(Object.keys(permissions).length > 0 ? ["gives permissions to all jobs"] : []),
    ...Object.entries(jobs).flatMap(([name, job]) =>
      [...ofAnyJob(job), ...(isForBranches(job) ? forBranches(job) : ofOurs(job))].map(
        (sentence) => `${name} ${sentence}`,
      ),
    ),
  ];
}

function ofAnyJob(job: Job): string[] {
  const { steps = [], permissions, concurrency } = job;
  return [
    ...steps.flatMap(({ uses }) =>
      uses === undefined || /@[0-9a-f]{40}$/.test(uses) ? [] : [`takes ${uses} by a name`],
    ),
    ...(permissions === undefined ? ["has all permissions"] : []),
    ...(concurrency?.group === undefined ? ["runs beside itself"] : []),
    ...(scriptOf(job).includes("${{") ? ["puts text into a script"] : []),
  ];
}

function forBranches(job: Job): string[] {
  const { steps = [], permissions = {}, environment } = job;
  const given = Object.entries(permissions).map((pair) => pair.join(": "));
  return [
    ...given.flatMap((one) => (HARMLESS.has(one) ? [] : [`has ${one}`])),
    ...(environment === undefined ? [] : ["has an environment"]),
    ...(JSON.stringify(job).includes("secrets.") ? ["has a secret"] : []),
    ...steps
      .filter(({ uses }) => uses?.startsWith("actions/checkout@"))
      .flatMap((step) =>
        /base\.ref|base_ref|^main$/.test(String(step.with?.ref)) ? [] : ["checks it out"],
      ),
    ...(/git (checkout|switch|merge|pull|restore|worktree)/.test(scriptOf(job))
      ? ["takes files of it"]
      : []),
  ];
}

/** Of jobs that hold secrets. */
function ofOurs(job: Job): string[] {
  return [
    ...(job.environment === undefined ? ["holds secrets for every branch"] : []),
    ...(mayCancel(job) ? ["may be killed while it writes"] : []),
  ];
}

describe("GitHub's pipeline", () => {
  it("breaks no rule", () => {
    expect(violations(gitHub)).toEqual([]);
  });

  const changed = (name: keyof Workflow["jobs"], more: Partial<Job>): Workflow => ({
    ...gitHub,
    jobs: { ...gitHub.jobs, [name]: { ...gitHub.jobs[name], ...more } },
  });
  const [checkout, ...rest] = gitHub.jobs.plan.steps ?? [];

  it.each<[string, Workflow]>([
    ["runs the workflow of the branch", { ...gitHub, on: { ...gitHub.on, pull_request: null } }],
    ["gives permissions to all jobs", { ...gitHub, permissions: { contents: "read" } }],
    ["drift has all permissions", omitting("permissions")],
    ["drift runs beside itself", omitting("concurrency")],
    ["drift holds secrets for every branch", omitting("environment")],
    ["plan has contents: write", changed("plan", { permissions: { contents: "write" } })],
    ["plan has id-token: write", changed("plan", { permissions: { "id-token": "write" } })],
    ["plan has an environment", changed("plan", { environment: "tenants" })],
    [
      "plan has a secret",
      changed("plan", { steps: [...rest, { run: "x", env: { A: "${{ secrets.A }}" } }] }),
    ],
    [
      "plan checks it out",
      changed("plan", { steps: [{ ...checkout, with: { ref: "${{ github.head_ref }}" } }] }),
    ],
    ["plan takes files of it", changed("plan", { steps: [{ run: "git checkout FETCH_HEAD" }] })],
    ["plan puts text into a script", changed("plan", { steps: [{ run: "echo ${{ a.b }}" }] })],
    [
      "apply takes actions/checkout@v7 by a name",
      changed("apply", { steps: [{ uses: "actions/checkout@v7" }] }),
    ],
    [
      "apply may be killed while it writes",
      changed("apply", { concurrency: { group: "x", "cancel-in-progress": true } }),
    ],
  ])("would break a rule: %s", (sentence, workflow) => {
    expect(violations(workflow)).toEqual([sentence]);
  });

  it("says what each commit of an action is, for whoever brings it up to date", () => {
    const pinned = [...template("github").matchAll(/uses: \S+@[0-9a-f]{40}(.*)/g)];
    expect(pinned.length).toBeGreaterThan(2);
    for (const [, comment] of pinned) expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
  });

  function omitting(key: keyof Job): Workflow {
    return changed("drift", { [key]: undefined });
  }
});

it("GitLab's apply waits for the one before it, and is never cancelled for a newer one", () => {
  expect(gitLab.apply).toMatchObject({ resource_group: "tenantry" });
  expect(gitLab.apply).not.toHaveProperty("interruptible");
});
