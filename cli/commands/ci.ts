import { z } from "zod";
import { defineCommand } from "../command.ts";
import { ciOptions } from "../ci-options.ts";
import { tenantName } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({
    step: z.enum(["plan", "wait", "apply", "drift"]),
    tenant: z.array(tenantName).default([]).describe("for apply (default: all)"),
  }),
  options: ciOptions,
  examples: [
    {
      line: "tenantry ci plan --base main --head 4f1c2d3",
      meaning: "plans each tenant that the commit touches, as the merge would leave it",
    },
    {
      line: "tenantry ci wait --result plan.json --minutes 30",
      meaning: "ends with 0 as soon as all these plans are approved, with 5 when time is up",
    },
    {
      line: "tenantry ci apply --base main",
      meaning: "applies everything that is merged and approved; 5: something still waits",
    },
    {
      line: "tenantry ci drift --publish",
      meaning: "looks at all tenants, and opens or closes an issue for each; exits as status does",
    },
  ],
  run: async (context, { args, options: given }) => {
    const { applyStep, driftStep, planStep, waitStep } = await import("../ci-steps.ts");
    switch (args.step) {
      case "plan":
        return await planStep(context, given);
      case "wait":
        return await waitStep(context, given);
      case "apply":
        return await applyStep(context, given, args.tenant);
      case "drift":
        return await driftStep(context, given);
    }
  },
});
