import { spawn } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import type { CommandContext } from "../command.ts";
import type { Workspace } from "../../workspace/index.ts";
import { EXIT } from "../exit-codes.ts";
import { findingLines } from "../output/finding-lines.ts";
import { cloneDirectory } from "../../core/clone.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { interrupted } from "../../core/interruption.ts";

const findingSchema = z.object({
  name: z.string(),
  state: z.string(),
  found: z.string(),
  advice: z.string().optional(),
});

type Finding = z.output<typeof findingSchema>;

const reportSchema = z.object({ healthy: z.boolean(), findings: z.array(findingSchema) });

export const command = defineCommand({
  args: z.strictObject({}),
  options: z.strictObject({}),
  examples: [
    { line: "tenantry doctor", meaning: "what npm run doctor says, and how recovery stands here" },
  ],
  run: async (context) => {
    const { signal } = context;
    // The same script as before set-up, when this program cannot run yet.
    const script = join(cloneDirectory, "scripts", "run.mjs");
    const child = spawn(process.execPath, [script, "doctor", "--json"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const chunks: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    // A Ctrl-C at the terminal has ended the script too, in the middle of its report.
    if (signal.aborted) throw interrupted({ cause: signal.reason });
    const machine = reportSchema.parse(JSON.parse(chunks.join("")));
    const recovery = await examineRecovery(context);
    const findings = [...machine.findings, ...recovery];
    const healthy = machine.healthy && recovery.every(({ state }) => state === "ok");
    return {
      exitCode: code === 0 && healthy ? EXIT.done : EXIT.refused,
      text: findingLines(findings),
      json: { healthy, findings },
    };
  },
});

/** Of a workspace with real tenants; outside one, and in practice, there is nothing to lose. */
async function examineRecovery(context: CommandContext): Promise<readonly Finding[]> {
  const { isSandbox } = await import("../../workspace/index.ts");
  const workspace = workspaceOf(context);
  if (workspace === undefined || isSandbox(workspace)) return [];
  const { recoveryStanding } = await import("../../operations/index.ts");
  const { found, isDue } = recoveryStanding(workspace, new Date());
  const advice =
    "`tenantry backup rehearse <file>`, by each holder, proves that a backup opens (docs/recovery.md).";
  return [{ name: "Recovery", found, ...(isDue ? { state: "missing", advice } : { state: "ok" }) }];
}

function workspaceOf(context: CommandContext): Workspace | undefined {
  try {
    return context.workspace;
  } catch (error) {
    if (error instanceof ExpectedError && error.code === "no-workspace") return undefined;
    throw error;
  }
}
