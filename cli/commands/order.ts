import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { formatOptions, tenantName } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({ language: formatOptions.language }),
  examples: [
    {
      line: "tenantry order contoso > order.txt",
      meaning: "what the latest plan asks of the licence partner",
    },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const { orderOf } = await import("../../operations/index.ts");
    const { renderOrder } = await import("../../views/index.ts");
    const order = await orderOf(await context.operation(), { stack });
    const { language: own, ...json } = order;
    return {
      exitCode: EXIT.done,
      text: renderOrder(order, options.language ?? own),
      json,
    };
  },
});
