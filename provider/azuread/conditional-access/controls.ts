/**
 * What a conditional access policy asks for (grant controls) and what holds afterwards (session controls), between
 * the words of the official plugin and Graph's.
 * @see https://learn.microsoft.com/graph/api/resources/conditionalaccesssessioncontrols (v1.0, checked 2026-11)
 */
import { z } from "zod";

const text = z.string();
const texts = z.array(text.min(1));

export const grantControls = z.strictObject({
  authenticationStrengthPolicyId: text.optional(),
  builtInControls: z.array(text).optional(),
  customAuthenticationFactors: texts.optional(),
  operator: text,
  termsOfUses: texts.optional(),
});

export const sessionControls = z.strictObject({
  applicationEnforcedRestrictionsEnabled: z.boolean().optional(),
  cloudAppSecurityPolicy: text.optional(),
  disableResilienceDefaults: z.boolean().optional(),
  persistentBrowserMode: text.optional(),
  signInFrequency: z.int().min(0).optional(),
  signInFrequencyAuthenticationType: text.optional(),
  signInFrequencyInterval: text.optional(),
  signInFrequencyPeriod: text.optional(),
});

export type GrantControls = z.output<typeof grantControls>;
export type SessionControls = z.output<typeof sessionControls>;

const STRENGTHS = "/policies/authenticationStrengthPolicies/";
/** What the service fills in besides a frequency. */
export const USUAL_TYPE = "primaryAndSecondaryAuthentication";
export const USUAL_INTERVAL = "timeBased";

export interface GraphGrantControls {
  authenticationStrength?: { id?: string } | null;
  builtInControls?: string[] | null;
  customAuthenticationFactors?: string[] | null;
  operator?: string | null;
  termsOfUse?: string[] | null;
}

export interface GraphSessionControls {
  applicationEnforcedRestrictions?: { isEnabled?: boolean | null } | null;
  cloudAppSecurity?: { cloudAppSecurityType?: string | null } | null;
  disableResilienceDefaults?: boolean | null;
  persistentBrowser?: { mode?: string | null } | null;
  signInFrequency?: {
    authenticationType?: string | null;
    frequencyInterval?: string | null;
    type?: string | null;
    value?: number | null;
  } | null;
}

type Parts = Record<string, unknown>;

export function grantOf(grant: GraphGrantControls): Parts {
  const strengthId = grant.authenticationStrength?.id;
  return {
    authenticationStrengthPolicyId: strengthId && `${STRENGTHS}${strengthId}`,
    builtInControls: grant.builtInControls ?? [],
    customAuthenticationFactors: grant.customAuthenticationFactors ?? [],
    operator: grant.operator ?? "",
    termsOfUses: grant.termsOfUse ?? [],
  };
}

export function grantBody(grant: GrantControls, observed: GrantControls | undefined): Parts {
  const strengthId = grant.authenticationStrengthPolicyId ?? "";
  const isTaken = strengthId === "" && observed?.authenticationStrengthPolicyId !== undefined;
  return {
    ...(isTaken ? { authenticationStrength: null } : {}),
    ...(strengthId === ""
      ? {}
      : { authenticationStrength: { id: strengthId.replace(STRENGTHS, "") } }),
    builtInControls: grant.builtInControls ?? [],
    customAuthenticationFactors: grant.customAuthenticationFactors ?? [],
    operator: grant.operator,
    termsOfUse: grant.termsOfUses ?? [],
  };
}

export function sessionOf(session: GraphSessionControls): Parts {
  const frequency = session.signInFrequency ?? {};
  const hasValue = (frequency.value ?? 0) > 0;
  return {
    applicationEnforcedRestrictionsEnabled:
      session.applicationEnforcedRestrictions?.isEnabled ?? false,
    cloudAppSecurityPolicy: session.cloudAppSecurity?.cloudAppSecurityType ?? undefined,
    disableResilienceDefaults: session.disableResilienceDefaults ?? false,
    persistentBrowserMode: session.persistentBrowser?.mode ?? undefined,
    signInFrequency: frequency.value ?? 0,
    signInFrequencyAuthenticationType: frequency.authenticationType ?? undefined,
    signInFrequencyInterval: frequency.frequencyInterval ?? undefined,
    signInFrequencyPeriod: (hasValue ? frequency.type : undefined) ?? undefined,
  };
}

/** What the service fills in by itself is only repeated where it was declared. */
export function sessionAsDeclared(found: Parts, declared: SessionControls | undefined): Parts {
  const unlessUsual = (key: keyof SessionControls, usual: string): unknown =>
    found[key] === usual && declared?.[key] === undefined ? undefined : found[key];
  return {
    ...found,
    signInFrequencyAuthenticationType: unlessUsual("signInFrequencyAuthenticationType", USUAL_TYPE),
    signInFrequencyInterval: unlessUsual("signInFrequencyInterval", USUAL_INTERVAL),
  };
}

/** Null for controls without effect: the service refuses those, and keeps what it has unless it gets null. */
export function sessionBody(session: SessionControls): Parts | null {
  const signInFrequency = frequencyBody(session);
  const isEveryTime = session.signInFrequencyInterval === "everyTime";
  const restricts = session.applicationEnforcedRestrictionsEnabled ?? false;
  const isLessResilient = session.disableResilienceDefaults ?? false;
  const { cloudAppSecurityPolicy = "", persistentBrowserMode = "" } = session;
  const hasEffect =
    (!isEveryTime && (restricts || isLessResilient)) ||
    cloudAppSecurityPolicy !== "" ||
    persistentBrowserMode !== "" ||
    signInFrequency !== null;
  if (!hasEffect) return null;
  return {
    cloudAppSecurity:
      cloudAppSecurityPolicy === ""
        ? null
        : { isEnabled: true, cloudAppSecurityType: cloudAppSecurityPolicy },
    persistentBrowser:
      persistentBrowserMode === "" ? null : { isEnabled: true, mode: persistentBrowserMode },
    signInFrequency,
    // Not allowed beside a sign-in every time.
    applicationEnforcedRestrictions: isEveryTime ? null : { isEnabled: restricts },
    disableResilienceDefaults: isEveryTime ? null : isLessResilient,
  };
}

function frequencyBody(session: SessionControls): Parts | null {
  const { signInFrequency: value = 0, signInFrequencyInterval = "" } = session;
  const authenticationType = session.signInFrequencyAuthenticationType ?? USUAL_TYPE;
  if (value > 0) {
    return {
      isEnabled: true,
      type: session.signInFrequencyPeriod,
      value,
      authenticationType,
      frequencyInterval: signInFrequencyInterval || USUAL_INTERVAL,
    };
  }
  if (signInFrequencyInterval !== "everyTime") return null;
  return { isEnabled: true, authenticationType, frequencyInterval: "everyTime" };
}
