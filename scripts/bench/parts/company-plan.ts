import { company, tenantFile } from "../company.ts";
import type { Part } from "../part.ts";
import { openBenchWorkspace, planApproveApply } from "../product.ts";
import type { ChildRun } from "../child.ts";
import { alternating } from "../measure.ts";
import { costRows } from "./sample.ts";

const FULL_SIZE = 1000;
const SIZE = 100;

export const companyPlan: Part = {
  name: "company-plan",
  summary: `plan without changes of ${SIZE} people (${FULL_SIZE} with --full), their groups, licences and sites, and the apply before it`,
  run: async ({ rounds, full, report }) => {
    const size = full ? FULL_SIZE : SIZE;
    const workspace = await openBenchWorkspace(tenantFile(company(size)));
    try {
      report(`first apply, ${size} people`);
      const applied = await planApproveApply(workspace);
      report("plans without changes");
      const [plans = []] = await alternating<ChildRun>(rounds, [
        () => workspace.tenantry("plan", workspace.stack),
      ]);
      return [...costRows("first apply", [applied]), ...costRows("plan without changes", plans)];
    } finally {
      await workspace.remove();
    }
  },
};
