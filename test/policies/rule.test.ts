import { describe, expect, it } from "vitest";
import { knownOnly } from "../../policies/known-values.ts";
import { rules } from "../../policies/registry.ts";
import type { Rule } from "../../policies/rule.ts";
import { violationsOf } from "../../policies/rule.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";
import { backup, goodStack } from "./support/stack.ts";

describe("a rule that is applied", () => {
  it("counts as violated when a value that it needs is not known yet", () => {
    const { props, ...unknownOperator } = backup({ operator: UNKNOWN });
    const resources = [{ ...unknownOperator, props: knownOnly(props) }];
    const rule = rules.find(({ name }) => name === "m365-backup-is-independent");
    expect(rule && violationsOf(rule, resources)).toEqual([
      {
        message: {
          nl: "Niet te controleren vóór de uitvoering, en telt daarom als niet nageleefd: operator is nog niet bekend",
          en: "Cannot be checked before apply, so it counts as violated: operator is not known yet",
        },
        urn: "",
      },
    ]);
  });

  it("does not mind an unknown that it does not need", () => {
    const resources = goodStack().map((resource) => ({
      ...resource,
      props: knownOnly({ ...resource.props, id: UNKNOWN }),
    }));
    for (const rule of rules) expect(violationsOf(rule, resources)).toEqual([]);
  });

  it("lets a failure of its own come to light instead of counting it as anything", () => {
    const broken: Rule = {
      name: "m365-test-breaks",
      description: "Checks that nothing is swallowed.",
      check: () => {
        throw new Error("broken rule");
      },
    };
    expect(() => violationsOf(broken, [])).toThrow("broken rule");
  });
});
