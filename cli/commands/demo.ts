import { join } from "node:path";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { interrupted } from "../../core/interruption.ts";
import { cloneDirectory } from "../../core/clone.ts";
import type { Terminal } from "../output/terminal.ts";

interface Played {
  readonly title: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly problem: string | undefined;
}

export const command = defineCommand({
  args: z.strictObject({}),
  options: z.strictObject({}),
  examples: [
    {
      line: "tenantry demo",
      meaning: "plans, approves, applies, changes and refuses; then the portal, until Ctrl-C",
    },
  ],
  run: async ({ workspace, terminal, signal }) => {
    const { buildStage } = await import("../demo/stage.ts");
    const { story } = await import("../demo/story.ts");
    const { preparePortal, runPortal } = await import("../demo/portal.ts");
    const stage = buildStage({
      samples: join(cloneDirectory, "stacks"),
      root: join(workspace.dataDirectory, "demo"),
    });
    const call = async (args: readonly string[]) => {
      terminal.note(terminal.style("cyan", `  $ tenantry ${args.join(" ")}`));
      return await stage.tenantry(args, liveProgress(terminal));
    };
    const played: Played[] = [];
    for (const [index, step] of story.entries()) {
      if (signal.aborted) break;
      const startedAt = performance.now();
      const { style } = terminal;
      terminal.note("");
      terminal.note(style("bold", `${index + 1}/${story.length} ${step.title}`));
      const problem = await step.play({
        stage,
        call,
        tell: (lines) => {
          for (const line of lines.flatMap((text) => text.split("\n")))
            terminal.note(`    ${line}`);
        },
      });
      const seconds = (performance.now() - startedAt) / 1000;
      played.push({ title: step.title, ok: problem === undefined, seconds, problem });
      terminal.note(
        problem === undefined
          ? style("green", `  done in ${seconds.toFixed(1)} s`)
          : style("red", `  failed: ${problem}`),
      );
      if (problem !== undefined) break;
    }
    if (signal.aborted) throw interrupted({ cause: signal.reason });
    const succeeded = played.length === story.length && played.every(({ ok }) => ok);
    const portal = succeeded ? await preparePortal(stage, call) : undefined;
    if (portal !== undefined) {
      const command = `npx tenantry ${portal.serve.join(" ")} --workspace ${stage.root}`;
      const isTried = process.stderr.isTTY && process.stdin.isTTY;
      terminal.note("");
      terminal.note(terminal.style("bold", "The portal: a proposal waits"));
      const lines = [
        `Enrol as Marieke de Vries, in a browser on this machine: ${portal.link}`,
        `Code, which would go by telephone: ${portal.code}`,
        isTried
          ? "It runs until Ctrl-C."
          : `It runs while this does: (cd ${stage.root} && ${command})`,
      ];
      for (const line of lines) terminal.note(`  ${line}`);
      const tell = (line: string) => {
        terminal.note(`    ${line}`);
      };
      if (isTried) await runPortal(portal, { root: stage.root, call, tell, signal });
    }
    return {
      exitCode: succeeded ? EXIT.done : EXIT.refused,
      text: succeeded
        ? `All ${story.length} steps passed.`
        : `${played.filter(({ ok }) => ok).length} of ${story.length} steps passed.`,
      json: { succeeded, steps: played, portal },
    };
  },
});

/** Passes on what a long command reports on its way; the rest is shown when it has ended. */
const liveProgress =
  (terminal: Terminal) =>
  (text: string): void => {
    for (const line of text.split("\n")) {
      if (/^(Applying|Reading|Planning|Practice)/.test(line)) terminal.note(`    ${line}`);
    }
  };
