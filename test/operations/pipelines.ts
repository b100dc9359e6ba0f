/** The pipelines that `tenantry init` writes, as values. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";

interface Step {
  readonly run?: string;
  readonly bash?: string;
  readonly uses?: string;
  readonly checkout?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
export interface Job {
  readonly if?: string;
  readonly condition?: string;
  readonly job?: string;
  readonly deployment?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
  readonly script?: readonly string[];
  readonly after_script?: readonly string[];
  readonly strategy?: {
    readonly runOnce: { readonly deploy: { readonly steps: readonly Step[] } };
  };
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly jobs: Readonly<Record<"plan" | "apply" | "drift", Job>>;
}

export const template = (name: string): string =>
  readFileSync(new URL(`../../operations/repository/${name}.yaml`, import.meta.url), "utf8");

export const gitHub = parse(template("github")) as Workflow;
export const gitLab = parse(template("gitlab")) as Readonly<
  Record<"plan" | "apply" | "drift", Job>
>;
export const azure = parse(template("azure")) as { readonly jobs: readonly Job[] };

/** All of its shell lines, those included that the platform runs whatever became of the others. */
export const scriptOf = ({ steps = [], script = [], after_script = [], strategy }: Job): string =>
  [
    ...script,
    ...after_script,
    ...[...steps, ...(strategy?.runOnce.deploy.steps ?? [])].flatMap(
      (step) => step.run ?? step.bash ?? [],
    ),
  ].join("\n");
