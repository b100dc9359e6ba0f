import type azuread from "@pulumi/azuread";
import type pulumi from "@pulumi/pulumi";
import { ADMINISTRATORS, DIRECTORY_SYNCHRONIZATION } from "../core/directory-roles.ts";
import type { Language, Text } from "../core/language.ts";
import { resourceClass, securityDefaults } from "../provider/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";
import { AccessRule, NamedLocation } from "./directory-objects.ts";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";
import type { DeclaredGroup, Principal } from "./principals.ts";

const SecurityDefaults = resourceClass(securityDefaults);

type Declared = NonNullable<Tenant["signInSecurity"]>;
type Stage = "reportOnly" | "on";
type Conditions = azuread.types.input.ConditionalAccessPolicyConditions;
type AssignedTo = Conditions extends { users: infer Users } ? Users : never;

const STATES = { reportOnly: "enabledForReportingButNotEnforced", on: "enabled" } as const;

/**
 * Microsoft's own strength, the same in every tenant.
 * @see https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths (checked 2026-11-27)
 */
const PHISHING_RESISTANT =
  "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004";

/** Keys of the tenant file, which are the names of the resources. */
type Level = Exclude<keyof Declared, "securityDefaults" | "excludedGroups" | "alongside">;

interface Rule {
  readonly name: Text;
  readonly conditions: Pick<Conditions, "clientAppTypes" | "locations">;
  /** Everybody where it names none. */
  readonly roles?: readonly string[];
  readonly grantControls: { readonly builtInControls?: string[]; readonly strength?: string };
}

const RULES: Readonly<Record<Level, Rule>> = {
  twoStepForEveryone: {
    name: { nl: "Tweestapsverificatie voor iedereen", en: "Two-step verification for everyone" },
    conditions: { clientAppTypes: ["all"] },
    grantControls: { builtInControls: ["mfa"] },
  },
  phishingResistantAdministrators: {
    name: {
      nl: "Beheerders loggen in met een sleutel of toegangscode van het apparaat",
      en: "Administrators sign in with a key or passkey",
    },
    conditions: { clientAppTypes: ["all"] },
    roles: ADMINISTRATORS,
    grantControls: { strength: PHISHING_RESISTANT },
  },
  blockLegacySignIn: {
    name: {
      nl: "Oude programma's zonder tweede stap geblokkeerd",
      en: "Old programs without a second step blocked",
    },
    conditions: { clientAppTypes: ["exchangeActiveSync", "other"] },
    grantControls: { builtInControls: ["block"] },
  },
  trustedCountries: {
    name: {
      nl: "Inloggen alleen uit vertrouwde landen",
      en: "Sign-in from trusted countries only",
    },
    conditions: { clientAppTypes: ["all"] },
    grantControls: { builtInControls: ["block"] },
  },
};
const LEVELS = Object.keys(RULES) as Level[];

const TRUSTED: Text = { nl: "Vertrouwde landen", en: "Trusted countries" };

const stageOf = (declared: Declared, level: Level): Stage | undefined => {
  const value = declared[level];
  return typeof value === "object" ? value.stage : value;
};

export interface SignInSecurityArgs {
  readonly declared: Declared;
  readonly language: Language;
  /** User principal names. */
  readonly emergencyAccounts: readonly string[];
  readonly people: PeopleSection | undefined;
  readonly groups: ReadonlyMap<string, DeclaredGroup>;
  /** Whose staff signs in as a service provider; undefined where the settings name no tenant of the partner. */
  readonly partnerTenantId: string | undefined;
  /** Whether a directory on premises signs in to synchronise, which knows no second step. */
  readonly isSynchronized: boolean;
}

/** Rules for signing in: conditional access policies, the countries that they trust, or Microsoft's own defaults. */
export class SignInSecuritySection extends TenantComponent {
  constructor(context: Context, args: SignInSecurityArgs, dependsOn: readonly pulumi.Resource[]) {
    super("SignInSecurity", context, dependsOn);
    const { declared, language } = args;
    const rules = new Map<Level, AccessRule>();
    // Security defaults go in its favour: what they ask for is asked by a rule before another one follows.
    const after = (): readonly pulumi.Resource[] => [...rules.values()].slice(0, 1);
    for (const level of LEVELS) {
      const stage = stageOf(declared, level);
      if (stage === undefined) continue;
      const { name, conditions, grantControls } = RULES[level];
      const { users, needs } = this.#users(level, context, args);
      const locations = level === "trustedCountries" ? this.#trusted(args, dependsOn) : undefined;
      const { builtInControls, strength } = grantControls;
      rules.set(
        level,
        new AccessRule(
          level,
          {
            displayName: name[language],
            state: STATES[stage],
            conditions: {
              ...conditions,
              applications: { includedApplications: ["All"] },
              users,
              ...(locations && { locations }),
            },
            grantControls: {
              operator: "OR",
              ...(builtInControls && { builtInControls }),
              ...(strength !== undefined && { authenticationStrengthPolicyId: strength }),
            },
          },
          this.child("azuread", [...dependsOn, ...needs, ...after()]),
        ),
      );
    }
    if (declared.securityDefaults !== undefined) {
      const isEnabled = declared.securityDefaults === "on";
      const twoStep = rules.get("twoStepForEveryone");
      new SecurityDefaults(
        "securityDefaults",
        {
          isEnabled,
          ...(!isEnabled && twoStep !== undefined ? { replacedBy: [twoStep.objectId] } : {}),
        },
        this.child("m365", [...dependsOn, ...rules.values()]),
      );
    }
    this.registerOutputs({});
  }

  /** To whom it applies; who must always get in is left out of each rule. */
  #users(
    level: Level,
    context: Context,
    {
      declared,
      emergencyAccounts,
      people,
      groups,
      partnerTenantId,
      isSynchronized,
    }: SignInSecurityArgs,
  ): { readonly users: AssignedTo; readonly needs: readonly pulumi.Resource[] } {
    const { trustedCountries, excludedGroups = [] } = declared;
    const travellers = level === "trustedCountries" ? (trustedCountries?.exceptions ?? []) : [];
    const names = new Set([...emergencyAccounts, ...travellers.map(({ user }) => user)]);
    const excluded = [...names].map((name) =>
      onlyOne(name, principalsOf(name, people?.users, context.unmanaged.users)),
    );
    const managed = new Map([...groups].map(([name, { group }]) => [name, group]));
    const left = excludedGroups.map((name) =>
      onlyOne(name, principalsOf(name, managed, context.unmanaged.groups)),
    );
    const { roles } = RULES[level];
    const ready = excludedGroups.flatMap((name) => groups.get(name)?.ready ?? []);
    return {
      needs: [...[...excluded, ...left].flatMap(({ needs }) => needs), ...ready],
      users: {
        ...(roles === undefined ? { includedUsers: ["All"] } : { includedRoles: [...roles] }),
        excludedUsers: excluded.map(({ id }) => id),
        ...(left.length === 0 ? {} : { excludedGroups: left.map(({ id }) => id) }),
        ...(isSynchronized && roles === undefined
          ? { excludedRoles: [DIRECTORY_SYNCHRONIZATION] }
          : {}),
        ...(partnerTenantId === undefined
          ? {}
          : { excludedGuestsOrExternalUsers: [staffOf(partnerTenantId)] }),
      },
    };
  }

  #trusted(
    { declared: { trustedCountries }, language }: SignInSecurityArgs,
    dependsOn: readonly pulumi.Resource[],
  ): Conditions["locations"] {
    const location = new NamedLocation(
      "trustedCountries",
      {
        displayName: TRUSTED[language],
        country: {
          countriesAndRegions: trustedCountries?.countries ?? [],
          includeUnknownCountriesAndRegions: trustedCountries?.unknownAddresses === "allowed",
        },
      },
      this.child("azuread", dependsOn),
    );
    return { includedLocations: ["All"], excludedLocations: [location.objectId] };
  }
}

/** Whoever cannot be named to Microsoft would not be excluded: `validate` refuses that, and nothing is declared. */
function onlyOne(name: string, found: readonly Principal[]): Principal {
  const [principal] = found;
  if (principal === undefined) throw new Error(`${name} has no object id to exclude`);
  return principal;
}

/** @see https://learn.microsoft.com/graph/api/resources/conditionalaccessguestsorexternalusers (checked 2026-11-27) */
const staffOf = (tenantId: string) => ({
  guestOrExternalUserTypes: ["serviceProvider"],
  externalTenants: [{ membershipKind: "enumerated", members: [tenantId] }],
});
