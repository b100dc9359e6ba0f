import { z } from "zod";
import { defineCommand } from "../command.ts";
import { emulatorOptions } from "../emulator-options.ts";

export const command = defineCommand({
  args: z.strictObject({}),
  options: emulatorOptions,
  examples: [
    { line: "tenantry emulator", meaning: "starts it and shows how to connect clients" },
    { line: "tenantry emulator --people 500 --port 8443", meaning: "with a larger sample company" },
    {
      line: "tenantry emulator --set throttledShare=0.3 lostAnswerShare=0.02",
      meaning: "tests a client under bad conditions; an unknown name lists all settings",
    },
    {
      line: "tenantry emulator --json",
      meaning: "prints one line with addresses and credentials first",
    },
    {
      line: "tenantry emulator --approve <relation>",
      meaning: "approves what `tenantry invite --create` made, in the customer's place",
    },
    { line: "tenantry emulator --export acme.json", meaning: "saves the sample company to a file" },
  ],
  run: async (context, { options }) => {
    const { runEmulator } = await import("../emulator-run.ts");
    return await runEmulator(context, options);
  },
});
