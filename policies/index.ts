/** Entry of the policy pack. The only file here with a side effect: a new pack serves itself to the engine. */
import { PolicyPack } from "@pulumi/policy";
import { POLICY_PACK_NAME, rules } from "./registry.ts";
import { asPolicy } from "./rule.ts";

new PolicyPack(POLICY_PACK_NAME, { policies: rules.map(asPolicy), enforcementLevel: "mandatory" });
