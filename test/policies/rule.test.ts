import * as policySdk from "@pulumi/policy";
import type { StackValidationArgs } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { rules } from "../../policies/registry.ts";
import type { Rule } from "../../policies/rule.ts";
import { asPolicy } from "../../policies/rule.ts";
import { backup, goodStack } from "./support/stack.ts";

/** What the SDK wraps around properties in a preview; exported without a type. */
const { unknownCheckingProxy } = policySdk as unknown as {
  unknownCheckingProxy: (properties: unknown) => Record<string, unknown>;
};

/** Pulumi's marker of a string that is not known before apply. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function judge(rule: Rule, resources: unknown): string[] {
  const messages: string[] = [];
  const args = { resources } as unknown as StackValidationArgs;
  void asPolicy(rule).validateStack(args, (message) => messages.push(message));
  return messages;
}

describe("a rule as a policy of the engine", () => {
  it("is mandatory, for every rule of the pack", () => {
    expect(new Set(rules.map((rule) => asPolicy(rule).enforcementLevel))).toEqual(
      new Set(["mandatory"]),
    );
  });

  it("counts as violated when a value that it needs is not known yet", () => {
    const unknownOperator = backup({ operator: UNKNOWN });
    const resources = [{ ...unknownOperator, props: unknownCheckingProxy(unknownOperator.props) }];
    const rule = rules.find(({ name }) => name === "m365-backup-is-independent");
    expect(rule && judge(rule, resources)).toEqual([
      expect.stringMatching(
        /^Cannot be checked before apply, so it counts as violated: .*operator/,
      ),
    ]);
  });

  it("does not mind an unknown that it does not need", () => {
    const resources = goodStack().map((resource) => ({
      ...resource,
      props: unknownCheckingProxy({ ...resource.props, id: UNKNOWN }),
    }));
    for (const rule of rules) expect(judge(rule, resources)).toEqual([]);
  });

  it("lets a failure of its own come to light instead of counting it as anything", () => {
    const broken: Rule = {
      name: "m365-test-breaks",
      description: "Checks that nothing is swallowed.",
      check: () => {
        throw new Error("broken rule");
      },
    };
    expect(() => judge(broken, [])).toThrow("broken rule");
  });
});
