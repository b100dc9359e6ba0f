/** The benchmarks, one line each. */
import type { Part } from "./part.ts";
import { companyPlan } from "./parts/company-plan.ts";
import { firstWrite } from "./parts/first-write.ts";
import { importing } from "./parts/import.ts";
import { plainProgram } from "./parts/plain-program.ts";
import { record } from "./parts/record.ts";
import { renderings } from "./parts/renderings.ts";
import { sample } from "./parts/sample.ts";
import { service } from "./parts/service.ts";

export const parts: readonly Part[] = [
  sample,
  companyPlan,
  plainProgram,
  firstWrite,
  service,
  importing,
  renderings,
  record,
];
