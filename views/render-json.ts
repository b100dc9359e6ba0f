/** The plan for programs: its digest and the whole value. */
import { planDigest } from "../plan/model/digest.ts";
import type { Plan } from "../plan/model/model.ts";

/** JSON text of `{ digest, plan }`, two spaces deep; nothing is left out. */
export const renderJson = (plan: Plan): string =>
  JSON.stringify({ digest: planDigest(plan), plan }, null, 2);
