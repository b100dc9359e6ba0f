import { describe, expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { releaseOf } from "../../../plan/build/releases.ts";
import type { Releases } from "../../../plan/build/releases.ts";
import { planDigest } from "../../../plan/model/digest.ts";
import type { Change, Describe, Description, Plan } from "../../../plan/model/model.ts";
import { catalogue, eventsOf, noDeclarations, planOf, withStep } from "../logs.ts";

const releases: Releases = {
  sections: ["sites"],
  objects: [{ kind: "user", name: "bob@contoso.com", reason: "Managed by the parent company" }],
  declared: {
    user: ["anna@contoso.com"],
    guest: [],
    group: ["finance"],
    mailbox: [],
    site: [],
    domain: [],
  },
};
const urn = (type: string, name: string): string =>
  `urn:pulumi:contoso::tenantry::tenantry:index:X$${type}::${name}`;

describe("what a tenant file lets go of", () => {
  it.each([
    ["an object with a reason", NOUNS.user.type, "bob@contoso.com"],
    ["its lists", NOUNS.userLicense.type, "bob@contoso.com-licenses"],
  ])("is %s", (_what, type, name) => {
    expect(releaseOf(urn(type, name), releases)).toEqual({
      reason: "Managed by the parent company",
    });
  });

  it.each([
    ["a whole section", NOUNS.site.type, "/sites/old"],
    ["the lists of a whole section", NOUNS.sitePermissions.type, "/sites/old-permissions"],
    ["a list that a declared object leaves out", NOUNS.groupMembership.type, "finance-members"],
  ])("is %s", (_what, type, name) => {
    expect(releaseOf(urn(type, name), releases)).toEqual({});
  });

  it.each([
    ["an object without a word", NOUNS.user.type, "cem@contoso.com"],
    ["the lists of an object that goes", NOUNS.groupMembership.type, "sales-members"],
    ["the tenant", NOUNS.tenant.type, "contoso"],
    ["what no file can name", "pulumi:providers:m365", "m365"],
  ])("is not %s", (_what, type, name) => {
    expect(releaseOf(urn(type, name), releases)).toBeUndefined();
  });
});

interface Step extends Record<"old" | "new", { inputs: Record<string, unknown> } | null> {
  readonly urn: string;
}

/** The recorded plan of all kinds, in which Bob goes, with these releases and one rewritten step. */
function planned(given: Partial<Releases>, rewrite: (step: Step) => void = () => undefined): Plan {
  const events = eventsOf("every-kind").map((event) => {
    for (const kind of ["resourcePreEvent", "resOutputsEvent"]) {
      const { metadata } = (event[kind] ?? {}) as { metadata?: Step };
      if (metadata !== undefined) rewrite(metadata);
    }
    return event;
  });
  const declarations = {
    ...noDeclarations,
    releases: { ...noDeclarations.releases, ...given },
  };
  return planOf(events, { declarations, catalogue });
}

/** The same, with a list that the file leaves out, of owners that it still has. */
function listLeftOut(end: string, declared: Releases["declared"]): Plan {
  const events = withStep("every-kind", end, (step) => {
    Object.assign(step, { op: "delete", new: null, diffs: [], detailedDiff: {} });
  });
  for (const { summaryEvent } of events) {
    const counted = summaryEvent as { resourceChanges: Record<string, number> } | undefined;
    if (counted) Object.assign(counted.resourceChanges, { update: 8, delete: 3 });
  }
  const releases = { ...noDeclarations.releases, declared };
  return planOf(events, { declarations: { ...noDeclarations, releases }, catalogue });
}

const changeOf = (plan: Plan, end: string): Change => {
  const change = plan.changes.find((one) => one.urn.endsWith(end));
  if (change === undefined) throw new Error(`no change of ${end}`);
  return change;
};

describe("a release in a plan", () => {
  const reason = "Managed by the parent company";
  const released = planned({ objects: [{ kind: "user", name: "bob", reason }] });

  it("is no removal: nothing goes, and nobody has to say what becomes of the data", () => {
    const bob = changeOf(released, "User::bob");
    expect(bob).toMatchObject({ operation: "forget", releaseReason: reason });
    expect(new Set(bob.properties.map(({ kind }) => kind))).toEqual(new Set(["released"]));
    const codes = released.findings.map(({ code }) => code);
    expect(codes).not.toContain("remove-entry-missing");
    expect(planned({}).findings.map(({ code }) => code)).toContain("remove-entry-missing");
  });

  it("is covered by the digest, with its reason", () => {
    const other = planned({ objects: [{ kind: "user", name: "bob", reason: "Another" }] });
    expect(new Set([released, other, planned({})].map(planDigest)).size).toBe(3);
  });

  const withoutTitle = planned({}, (step) => {
    if (step.urn.endsWith("User::anna") && step.new) {
      delete step.new.inputs.jobTitle;
      delete step.new.inputs.accountEnabled;
    }
  });

  it("of a key says that it is left as it is, and never that it is cleared", () => {
    const anna = changeOf(withoutTitle, "User::anna");
    const title = anna.properties.find(({ path }) => path === "jobTitle");
    expect(title).toMatchObject({ kind: "released", before: expect.any(String) as string });
    expect(title).not.toHaveProperty("after");
  });

  type Given = [end: string, key: string, value: unknown, severity: string];

  it.each<[what: string, ...Given]>([
    ["whether somebody may sign in", "User::anna", "accountEnabled", true, "sensitive"],
    ["a job title", "User::anna", "jobTitle", "Clerk", "routine"],
    ["who owns a group", "Group::hidden", "owners", ["an-id"], "sensitive"],
    ["who is in a group", "Group::hidden", "members", ["an-id"], "sensitive"],
    ["what a group is for", "Group::hidden", "description", "Hidden", "routine"],
  ])(
    "of %s is sensitive only if it guards a person or gives access",
    (_what, ...[end, key, value, severity]) => {
      const plan = planned({}, (step) => {
        if (!step.urn.endsWith(end) || !step.old || !step.new) return;
        const { [key]: _declared, ...inputs } = step.old.inputs;
        step.old.inputs = { ...inputs, [key]: value };
        step.new.inputs = inputs;
        // To the provider a release is no difference.
        Object.assign(step, { diffs: [], detailedDiff: {} });
      });
      expect(changeOf(plan, end).severity).toBe(severity);
    },
  );

  it("of what guards a person makes a routine change of the same object sensitive", () => {
    const describe = ((): Description => ({
      ...{ nl: "Iets", en: "Something", section: "people", severity: "routine", affected: [] },
    })) satisfies Describe;
    const severityWithout = (key: string): string => {
      const events = withStep("every-kind", "User::anna", ({ old, new: wanted }) => {
        if (!old || !wanted) return;
        Object.assign(old.inputs, { accountEnabled: true });
        const declared: Record<string, unknown> = { ...wanted.inputs, accountEnabled: true };
        const { [key]: _released, ...inputs } = declared;
        wanted.inputs = inputs;
      });
      const plan = planOf(events, { catalogue: { ...catalogue, describe } });
      return changeOf(plan, "User::anna").severity;
    };
    expect(severityWithout("accountEnabled")).toBe("sensitive");
    expect(severityWithout("department")).toBe("routine");
  });

  it.each([
    ["who is in a group", "GroupMembership::finance", "members (finance)"],
    ["who may do what on a site", "SitePermissions::jaarrekening", "access (/sites/jaarrekening)"],
    ["what a person has", "UserLicense::anna", "licences (anna@contoso.com)"],
  ])("of a list, %s, is sensitive, says so and is under the digest", (_what, end, list) => {
    const plan = listLeftOut(end, {
      ...noDeclarations.releases.declared,
      user: ["anna"],
      group: ["finance"],
      site: ["jaarrekening"],
    });
    const { operation, severity, description, properties } = changeOf(plan, end);
    expect({ operation, severity }).toEqual({ operation: "forget", severity: "sensitive" });
    expect(description.en.toLowerCase()).toBe(`no longer managed, and left as it is: ${list}`);
    expect(new Set(properties.map(({ kind }) => kind))).toEqual(new Set(["released"]));
    // Without its owner in the file it goes, which is another plan.
    const removed = listLeftOut(end, noDeclarations.releases.declared);
    expect(changeOf(removed, end).operation).toBe("delete");
    expect(planDigest(removed)).not.toBe(planDigest(plan));
  });
});
