/** Builders of plans for tests: valid, small, deterministic. */
import { NOUNS } from "../../core/nouns.ts";
import { DEFAULT_LIMITS } from "../../core/rules.ts";
import type { Rules } from "../../core/rules.ts";
import { GRAIN } from "./grain.ts";
import { propertyChange } from "../../plan/build/differences.ts";
import { valueFromEngine } from "../../plan/build/engine-values.ts";
import { countChanges } from "../../plan/model/counts.ts";
import type {
  Change,
  ChangeOptions,
  Consequence,
  Plan,
  PropertyChange,
} from "../../plan/model/model.ts";

const zeros = `sha256:${"0".repeat(64)}`;

export const options: ChangeOptions = {
  parent: "",
  provider: "urn:pulumi:contoso::tenantry::pulumi:providers:azuread::azuread",
  protect: false,
  retainOnDelete: false,
  deleteBeforeReplace: false,
  replaceReasons: [],
  ignoreChanges: [],
  hideDiffs: [],
  aliases: [],
};

/** Whose lists these are. */
const LISTS: Readonly<Record<string, string>> = {
  licenses: NOUNS.userLicense.type,
  members: NOUNS.groupMembership.type,
  grants: NOUNS.sitePermissions.type,
  fullAccess: NOUNS.mailboxPermissions.type,
};

/** A property that differs, with lists by their elements as our resources tell them apart. */
export function property(path: string, before: unknown, after: unknown): PropertyChange {
  const value = (side: unknown) => (side === undefined ? undefined : valueFromEngine(side));
  const change = propertyChange(
    { path, before: value(before), after: value(after) },
    { type: LISTS[path] ?? "", grain: GRAIN },
  );
  if (change === undefined) throw new Error(`${path} does not differ`);
  return change;
}

export const RULES: Rules = {
  decisionMakers: [{ name: "Anna Bakker", email: "anna.bakker@contoso.com" }],
  required: 1,
  limits: DEFAULT_LIMITS,
  emergencyAccounts: [],
  globalAdministrators: [],
};

export function aChange(key: string, overrides: Partial<Change> = {}): Change {
  const { type = NOUNS.user.type, operation = "create" } = overrides;
  return {
    urn: `urn:pulumi:contoso::tenantry::${type}::${key}`,
    type,
    operation: "create",
    properties: [],
    options,
    optionChanges: [],
    base: operation === "create" ? { key: {} } : { id: `id of ${key}`, key: {} },
    name: key,
    identifiers: [key],
    section: "people",
    description: { nl: `${key} komt erbij`, en: `${key} joins` },
    severity: "routine",
    affected: [key],
    ...overrides,
  };
}

/** What the guards are told besides the changes, where nothing else matters. */
export const JUDGED = {
  unchanged: [],
  consequences: [],
  held: { licenses: 0, mailboxes: 0 },
  violations: [],
  deleted: new Map<string, string>(),
  siteLimits: undefined,
  legacySignIns: undefined,
  licenseNeeds: undefined,
  cameFromOnPremises: [],
};

/** What a plan means to a person who loses and gets products. */
export const aConsequence = (
  name: string,
  { lost = [], gained = [], ...rest }: Partial<Consequence> & Partial<Consequence["products"]>,
): Consequence => ({
  holder: "user",
  name,
  products: { gained, lost },
  sites: [],
  urns: [],
  ...rest,
});

export function aPlan(changes: readonly Change[] = [], overrides: Partial<Plan> = {}): Plan {
  const lists = {
    changes: changes.toSorted((one, other) => (one.urn < other.urn ? -1 : 1)),
    unchanged: overrides.unchanged ?? [],
    unmanaged: overrides.unmanaged ?? [],
  };
  return {
    format: "tenantry.plan/v3",
    tenant: {
      stack: "contoso",
      tenantId: "11111111-2222-4333-8444-555555555555",
      displayName: "Contoso B.V.",
      language: "nl",
    },
    tool: {
      tenantry: "0.1.0",
      engine: "3.250.0",
      policyPack: { name: "tenantry", version: "0.1.0", digest: zeros },
      providers: [{ name: "m365", version: "0.1.0" }],
    },
    rules: { applied: RULES, proposed: RULES },
    otherOptions: [],
    consequences: [],
    structure: [],
    findings: [],
    createdAt: "2026-11-22T09:30:00.000Z",
    ...overrides,
    ...lists,
    counts: countChanges(lists),
  };
}

/** A plan with `count` changes of people with a few properties each, as a first apply of a large tenant has. */
export function aLargePlan(count: number): Plan {
  const changes = Array.from({ length: count }, (_item, index) => {
    const number = String(index).padStart(5, "0");
    const name = `Medewerker ${number}`;
    const address = `medewerker.${number}@contoso.com`;
    if (index % 3 > 0) {
      return aChange(address, {
        operation: "update",
        properties: [property("jobTitle", "Adviseur", "Senior adviseur")],
        description: {
          nl: `${name} krijgt een andere functie`,
          en: `${name} gets another job title`,
        },
        affected: [name],
      });
    }
    return aChange(address, {
      severity: "sensitive",
      properties: [
        property("department", undefined, "Verkoop"),
        property("displayName", undefined, name),
        property("jobTitle", undefined, "Adviseur"),
        property("mailNickname", undefined, `medewerker.${number}`),
        property("usageLocation", undefined, "NL"),
        property("userPrincipalName", undefined, address),
      ],
      description: {
        nl: `${name} komt erbij als gebruiker (${address})`,
        en: `${name} joins as a user (${address})`,
      },
      affected: [name],
    });
  });
  return aPlan(changes);
}
