/** The plan for programs: its digest and the whole value. */
import { planDigest } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";

/** JSON text of `{ digest, plan }`, two spaces deep; nothing is left out. */
export const renderJson = (plan: Plan): string =>
  JSON.stringify({ digest: planDigest(plan), plan }, null, 2);
