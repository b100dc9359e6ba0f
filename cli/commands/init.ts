import { relative } from "node:path";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

export const command = defineCommand({
  args: z.strictObject({ folder: z.string().describe("new or empty folder") }),
  options: z.strictObject({
    package: z.string().optional().meta({
      value: "version",
      description:
        "exact version of Tenantry to pin, or the path of a .tgz made by npm pack (default: this version)",
    }),
  }),
  examples: [
    {
      line: "tenantry init our-tenants",
      meaning: "writes package.json, stacks/, settings and pipelines, and says what is next",
    },
    {
      line: "tenantry init our-tenants --package ./tenantry-0.1.0.tgz",
      meaning: "pins a package that lies on this machine",
    },
  ],
  run: async (_context, { args: { folder }, options }) => {
    const { initRepository } = await import("../../operations/index.ts");
    const written = await initRepository({ folder, package: options.package });
    const text = [
      `Written to ${written.folder}, with tenantry pinned to ${written.pin}:`,
      ...written.files.map((file) => `  ${file}`),
      "",
      "Next:",
      `  1. cd ${relative(process.cwd(), written.folder) || "."} && git init && npm install && npm run setup`,
      "  2. npx tenantry new <name>, or npx tenantry import <name> for a tenant that exists.",
      "  3. Keep the pipeline that you use; its runner keeps .tenantry between runs (README.md).",
    ].join("\n");
    return { exitCode: EXIT.done, text, json: written };
  },
});
