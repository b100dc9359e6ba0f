/** What the emulator of a workspace can be asked. */
import { z } from "zod";
import { file, flag, wholeNumber } from "./shared-words.ts";

export const emulatorOptions = z.strictObject({
  port: wholeNumber(65_535)
    .optional()
    .meta({ value: "port", description: "port on 127.0.0.1 (default: any free one)" }),
  people: wholeNumber(100_000).default(25).meta({
    value: "count",
    description: "size of the sample company, created on first start",
  }),
  seed: wholeNumber(2 ** 31)
    .default(1)
    .meta({ value: "number", description: "seed for its names and ids" }),
  behaviour: z.string().default("realistic").meta({
    value: "preset",
    description: "realistic: sometimes late, throttled or failing; prompt: never",
  }),
  realNames: flag.describe(
    "also run a proxy, for clients that cannot change Microsoft's host names",
  ),
  set: z.array(z.string()).default([]).meta({
    value: "name=value",
    description: "override behaviour settings, such as visibilityDelayMs=30000",
  }),
  import: file.optional().describe("import a tenant from a file"),
  export: file.optional().describe("export a tenant to a file and exit"),
  approve: z.string().optional().meta({
    value: "relation",
    description: "approve a partner's relation, as the customer's administrator would, and exit",
  }),
  tenant: z
    .string()
    .optional()
    .meta({ value: "id", description: "which tenant to export (default: the sample)" }),
});

export type EmulatorOptions = z.output<typeof emulatorOptions>;
