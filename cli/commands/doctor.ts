import { spawn } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { interrupted } from "../../core/interruption.ts";
import { cloneDirectory } from "../../core/clone.ts";

const reportSchema = z.object({
  healthy: z.boolean(),
  findings: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      found: z.string(),
      advice: z.string().optional(),
    }),
  ),
});

export const command = defineCommand({
  args: z.strictObject({}),
  options: z.strictObject({}),
  examples: [{ line: "tenantry doctor", meaning: "the same as npm run doctor" }],
  run: async ({ signal }) => {
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
    const report = reportSchema.parse(JSON.parse(chunks.join("")));
    const lines = report.findings.map(({ name, state, found, advice }) =>
      [`${name}: ${state}, ${found}`, ...(advice === undefined ? [] : [`  ${advice}`])].join("\n"),
    );
    return {
      exitCode: code === 0 ? EXIT.done : EXIT.refused,
      text: lines.join("\n"),
      json: report,
    };
  },
});
