/** The pack as the engine and the plan name it. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { POLICY_PACK_NAME, rules } from "./registry.ts";
import type { Rule } from "./rule.ts";

export interface PolicyPack {
  readonly name: string;
  readonly version: string;
  readonly rules: readonly Rule[];
}

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")));

export const policyPack: PolicyPack = { name: POLICY_PACK_NAME, version, rules };
