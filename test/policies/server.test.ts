import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PolicyPack } from "../../policies/pack.ts";
import { policyPack } from "../../policies/pack.ts";
import { rules } from "../../policies/registry.ts";
import { servePolicies } from "../../policies/server.ts";
import type { PolicyServer } from "../../policies/server.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";
import { PolicyClient } from "./support/policy-client.ts";
import { backup, goodStack, stackWith, stackWithout, user } from "./support/stack.ts";

/** How the engine wraps a secret on the wire. */
const secret = (value: unknown): unknown => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

let server: PolicyServer;
let client: PolicyClient;

async function serve(pack: PolicyPack): Promise<void> {
  server = await servePolicies(pack);
  client = new PolicyClient(server.port);
}

beforeEach(async () => {
  await serve(policyPack);
});

afterEach(async () => {
  client.close();
  await server.close();
});

describe("the policy pack, as the engine meets it", () => {
  it("names itself and every rule, all mandatory and not to be configured away", async () => {
    const info = await client.info();
    expect(info).toMatchObject({ name: "tenantry", supportsconfig: false });
    expect(info.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(info.policiesList.map(({ name }) => name)).toEqual(rules.map(({ name }) => name));
    const levels = info.policiesList.map(({ enforcementlevel }) => enforcementlevel);
    expect(new Set(levels)).toEqual(new Set([proto.EnforcementLevel.MANDATORY]));
  });

  it("has nothing against a stack that keeps every promise", async () => {
    await expect(client.judgeStack(goodStack())).resolves.toEqual([]);
  });

  it("reports what a rule finds, with the rule, the pack and the resource", async () => {
    const anna = user("anna@contoso.com", { usageLocation: null });
    const found = await client.judgeStack(stackWith(anna));
    expect(found).toMatchObject([
      {
        policyname: "m365-licensed-user-has-usage-location",
        policypackname: "tenantry",
        enforcementlevel: proto.EnforcementLevel.MANDATORY,
        urn: anna.urn,
      },
    ]);
    expect(found[0]?.message).toBe(
      "anna@contoso.com gets a licence but has no usageLocation\n" +
        "anna@contoso.com krijgt een licentie, maar heeft geen land voor licenties (usageLocation)",
    );
  });

  it("reads what is secret, and takes what is null for not there", async () => {
    const props = {
      ...user("anna@contoso.com").props,
      usageLocation: secret("NL"),
      jobTitle: null,
    };
    await expect(
      client.judgeStack(stackWith({ ...user("anna@contoso.com"), props })),
    ).resolves.toEqual([]);
  });

  it("counts a rule that needs an unknown as violated", async () => {
    const found = await client.judgeStack(stackWith(backup({ operator: UNKNOWN })));
    const independent = found.find(({ policyname }) => policyname === "m365-backup-is-independent");
    expect(independent?.message).toContain("counts as violated: operator is not known yet\n");
  });

  it("looks at whole stacks only: says nothing of a single resource, and changes none", async () => {
    await expect(client.judge(backup())).resolves.toEqual({ diagnostics: 0, remediations: 0 });
  });

  it("fails when a rule breaks, so that the engine does not go on without it", async () => {
    client.close();
    await server.close();
    const broken = {
      name: "m365-test-breaks",
      description: "Checks that nothing is swallowed.",
      check: () => {
        throw new Error("broken rule");
      },
    };
    await serve({ ...policyPack, rules: [broken] });
    await expect(client.judgeStack(stackWithout("m365:backup:Policy"))).rejects.toThrow(
      "broken rule",
    );
  });
});
