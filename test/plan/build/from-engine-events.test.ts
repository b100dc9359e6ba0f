import { describe, expect, it, vi } from "vitest";
import { planDigest } from "../../../plan/model/digest.ts";
import type { Describe, Plan } from "../../../plan/model/model.ts";
import { parsePlan } from "../../../plan/model/parse.ts";
import { catalogue, eventsOf, planOf, withStep } from "../logs.ts";
import type { Event } from "../logs.ts";

const changeOf = (plan: Plan, end: string) => {
  const change = plan.changes.find(({ urn }) => urn.endsWith(end));
  if (change === undefined) throw new Error(`no change of ${end}`);
  return change;
};

describe("a plan out of the engine's events", () => {
  it("has one change per object, with the operation that people would name", () => {
    const plan = planOf(eventsOf("every-kind"));
    expect(
      plan.changes.map(({ operation, urn }) => [operation, urn.split("::").slice(2).join(" ")]),
    ).toMatchInlineSnapshot(`
        [
          [
            "update",
            "m365:directory:Tenant tenant",
          ],
          [
            "update",
            "m365:licensing:Subscription SPB",
          ],
          [
            "replace",
            "tenantry:groups:Groups$azuread:index/group:Group finance",
          ],
          [
            "update",
            "tenantry:groups:Groups$azuread:index/group:Group hidden",
          ],
          [
            "update",
            "tenantry:groups:Groups$m365:directory:GroupMembership finance",
          ],
          [
            "update",
            "tenantry:people:People$azuread:index/user:User anna",
          ],
          [
            "delete",
            "tenantry:people:People$azuread:index/user:User bob",
          ],
          [
            "create",
            "tenantry:people:People$azuread:index/user:User chris",
          ],
          [
            "update",
            "tenantry:people:People$azuread:index/user:User dora",
          ],
          [
            "adopt",
            "tenantry:people:People$azuread:index/user:User pieter",
          ],
          [
            "update",
            "tenantry:people:People$m365:licensing:UserLicense anna",
          ],
          [
            "forget",
            "tenantry:sites:Sites$m365:sharepoint:Site archief",
          ],
          [
            "update",
            "tenantry:sites:Sites$m365:sharepoint:SitePermissions jaarrekening",
          ],
        ]
      `);
    expect(plan.counts).toEqual({
      create: 1,
      update: 8,
      replace: 1,
      delete: 1,
      adopt: 1,
      forget: 1,
      unchanged: 2,
      unmanaged: 0,
    });
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it("covers component, provider and stack without calling them changes", () => {
    const plan = planOf(eventsOf("every-kind"));
    expect(
      plan.structure.map(({ type, properties }) => [type, properties.map(({ path }) => path)]),
    ).toEqual([
      ["pulumi:providers:m365", ["accessToken"]],
      ["pulumi:pulumi:Stack", ["outputs.people"]],
      ["tenantry:people:People", ["outputs.count"]],
    ]);
  });

  it("shows that a secret changes, never the secret", () => {
    const anna = changeOf(planOf(eventsOf("every-kind")), "User::anna");
    expect(anna.properties).toContainEqual({
      path: "password",
      kind: "changed",
      before: "[secret]",
      after: "[secret]",
      secret: true,
    });
  });

  it("hides a value that was clear and becomes secret, on both sides", () => {
    const events = withStep("every-kind", "User::anna", ({ new: wanted }) => {
      if (wanted) wanted.inputs.jobTitle = wanted.inputs.password;
    });
    const job = changeOf(planOf(events), "User::anna").properties.find(
      ({ path }) => path === "jobTitle",
    );
    expect(job).toEqual({
      path: "jobTitle",
      kind: "changed",
      before: "[secret]",
      after: "[secret]",
      secret: true,
    });
  });

  it("shows a difference that the declaration wants hidden, and says so", () => {
    const hidden = changeOf(planOf(eventsOf("every-kind")), "Group::hidden");
    expect(hidden.properties).toMatchObject([
      { path: "description", before: "Oud", after: "Nieuw" },
    ]);
    expect(hidden.options.hideDiffs).toEqual(["description"]);
  });

  it("makes a change of a protection that is taken away while nothing else differs", () => {
    const dora = changeOf(planOf(eventsOf("every-kind")), "User::dora");
    expect(dora).toMatchObject({ operation: "update", properties: [], severity: "sensitive" });
    expect(dora.optionChanges).toMatchObject([{ path: "protect", before: true, after: false }]);
  });

  it("says what a replacement is due to, and that a retained object stays", () => {
    const plan = planOf(eventsOf("every-kind"));
    expect(changeOf(plan, "Group::finance").options.replaceReasons).toEqual(["mailNickname"]);
    expect(changeOf(plan, "Site::archief")).toMatchObject({
      operation: "forget",
      description: { nl: "Archief blijft bestaan, maar wordt hier niet langer beheerd" },
    });
  });

  it("compares an adopted object with what was read from the service", () => {
    expect(changeOf(planOf(eventsOf("every-kind")), "User::pieter").properties).toMatchObject([
      { path: "mailNickname", kind: "added", after: "pieter" },
    ]);
    const plan = planOf(eventsOf("adopt-as-is"));
    expect(plan.changes).toMatchObject([{ operation: "adopt", properties: [] }]);
  });

  it("says which part is unknown, and why", () => {
    const membership = changeOf(planOf(eventsOf("every-kind")), "GroupMembership::finance");
    expect(membership.properties.map(({ path, unknown }) => [path, unknown])).toEqual([
      ["groupId", { reason: "assigned-by-service", paths: ["groupId"] }],
      ["memberIds", { reason: "assigned-by-service", paths: ["memberIds[*]"] }],
      ["members", undefined],
    ]);
  });

  it("keeps what the rules of the pack say, so that people can read why; none is mere advice", () => {
    const { findings } = planOf(eventsOf("refused-by-policy"));
    expect(
      findings
        .filter(({ source }) => source === "policy")
        .map(({ rule, clearedBy }) => [rule, clearedBy]),
    ).toEqual([
      ["m365-tenant-has-backup", "declaration"],
      ["m365-user-department", "declaration"],
    ]);
  });

  it("gives describe the values before and after, with secrets masked and the engine's marker of an unknown", () => {
    const seen = vi.fn<Describe>(() => undefined);
    planOf(eventsOf("every-kind"), { catalogue: { ...catalogue, describe: seen } });
    const change = seen.mock.calls
      .map(([call]) => call)
      .find(({ type, operation }) => type.endsWith("GroupMembership") && operation === "update");
    expect(change?.after?.groupId).toBe("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    expect(change?.changedPaths).toContain("members[1]");
    const anna = seen.mock.calls
      .map(([call]) => call)
      .find(({ after }) => after?.password !== undefined);
    expect(anna?.after?.password).toBe("[secret]");
  });

  it("has no changes when nothing differs, and the same digest whatever the time", () => {
    const plan = planOf(eventsOf("no-changes"));
    expect(plan.changes).toEqual([]);
    expect(plan.counts.unchanged).toBe(13);
    const later = planOf(eventsOf("no-changes"), { createdAt: new Date("2027-01-01T00:00:00Z") });
    expect(planDigest(later)).toBe(planDigest(plan));
  });

  it("takes what the official plugin notes for itself in the state for no change", () => {
    const noted = withStep("no-changes", "User::anna", ({ old }) => {
      if (old === null) throw new Error("Anna is not in the state");
      old.inputs = { ...old.inputs, __defaults: ["showInAddressList"] };
    });
    expect(planOf(noted).changes).toEqual([]);
    const other = withStep("no-changes", "User::anna", ({ old }) => {
      if (old !== null) old.inputs = { ...old.inputs, __defaults: { jobTitle: "Directeur" } };
    });
    expect(planOf(other).changes).toHaveLength(1);
  });
});

describe("a preview that makes no plan", () => {
  const code = (events: readonly unknown[]): unknown => {
    try {
      planOf(events);
      return "planned";
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  };

  it("refuses an unknown that no service assigns", () => {
    expect(code(eventsOf("unknown-name"))).toBe("unknown-value");
  });

  it.each(["read", "read-replacement", "discard", "import-replacement", "surprise"])(
    "refuses the operation %s",
    (op) => {
      const events = withStep("no-changes", "User::anna", (step) => {
        step.op = op;
      });
      for (const event of events) {
        const summary = event.summaryEvent as
          { resourceChanges: Record<string, number> } | undefined;
        if (summary) summary.resourceChanges = { same: 18, [op]: 1 };
      }
      expect(code(events)).toBe("unknown-operation");
    },
  );

  it("refuses a log from which an event is missing, or whose numbers hide that", () => {
    const events = eventsOf("every-kind");
    const index = events.findIndex((event) => event.resourcePreEvent !== undefined);
    const shorter = events.toSpliced(index, 1);
    expect(code(shorter)).toBe("preview-incomplete");
    const renumbered = shorter.map((event, sequence) => ({ ...event, sequence }));
    expect(code(renumbered)).toBe("preview-incomplete");
    expect(code(events.filter((event) => event.summaryEvent === undefined))).toBe(
      "preview-incomplete",
    );
  });

  it("refuses a log from which a policy's word is missing", () => {
    const events = eventsOf("refused-by-policy").filter((event) => event.policyEvent === undefined);
    expect(events.length).toBeLessThan(eventsOf("refused-by-policy").length);
    expect(code(events)).toBe("preview-incomplete");
  });

  it("refuses operations that do not belong together", () => {
    const events = withStep("no-changes", "User::bob", (step) => {
      step.urn = step.urn.replace("User::bob", "User::anna");
      step.op = "create";
    });
    for (const event of events) {
      const summary = event.summaryEvent as { resourceChanges: Record<string, number> } | undefined;
      if (summary) summary.resourceChanges = { same: 18, create: 1 };
    }
    expect(code(events)).toBe("unknown-operation");
  });

  it("refuses events of an unknown kind", () => {
    const events = [...eventsOf("no-changes")];
    events.push({ sequence: events.length, surpriseEvent: {} });
    expect(code(events)).toBe("preview-incomplete");
  });

  it("refuses a preview that failed for another reason than a policy, without the engine's words", () => {
    const events = [...eventsOf("no-changes")];
    const secret = "the engine printed a secret";
    events.push({
      sequence: events.length,
      diagnosticEvent: { message: secret, severity: "error", urn: "urn:x" },
    });
    expect(() => planOf(events)).toThrow(/failed at urn:x/);
    expect(() => planOf(events)).not.toThrow(secret);
  });

  it("refuses a preview in which a policy changed what was declared", () => {
    expect(code(eventsOf("remediated"))).toBe("policy-pack-foreign");
  });

  it("refuses a preview in which the policy pack did not run", () => {
    const events = eventsOf("no-changes").map((event) =>
      event.summaryEvent
        ? { ...event, summaryEvent: { ...event.summaryEvent, PolicyPacks: {} } }
        : event,
    );
    expect(code(events)).toBe("policy-pack-missing");
  });

  it("shows an interrupted creation as completed, though nothing differs", () => {
    const brokenOff = (initErrors: readonly string[]): Event[] =>
      withStep("every-kind", "User::anna", (step) => {
        if (step.old && step.new) {
          step.new.inputs = structuredClone(step.old.inputs);
          step.new.protect = step.old.protect ?? false;
          step.old.initErrors = initErrors;
        }
        step.diffs = null;
        step.detailedDiff = null;
      });
    const anna = changeOf(planOf(brokenOff(["The manager was not there"])), "User::anna");
    expect(anna).toMatchObject({
      operation: "update",
      properties: [],
      description: {
        en: expect.stringMatching(/^What was interrupted at .* last time is completed$/) as string,
      },
    });
    expect(JSON.stringify(anna)).not.toContain("The manager was not there");
    expect(code(brokenOff([]))).toBe("unexplained-difference");
  });

  it("refuses an update of which the provider does not show the difference", () => {
    const events = withStep("every-kind", "User::anna", (step) => {
      if (step.old && step.new) step.new.inputs = structuredClone(step.old.inputs);
      step.diffs = ["department"];
      step.detailedDiff = null;
    });
    expect(code(events)).toBe("unexplained-difference");
  });
});
