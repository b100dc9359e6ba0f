/**
 * The properties of `azuread:index/user:User` and where they live in a Graph user.
 * @see https://learn.microsoft.com/graph/api/resources/user (checked 2026-11)
 */
import { z } from "zod";
import { inDeclaredOrder } from "../bridged-state.ts";

const text = z.string();

export const userInputs = z.strictObject({
  accountEnabled: z.boolean().optional(),
  ageGroup: z.enum(["", "Adult", "Minor", "NotAdult"]).optional(),
  businessPhones: z.array(text).optional(),
  city: text.optional(),
  companyName: text.optional(),
  consentProvidedForMinor: z.enum(["", "Denied", "Granted", "NotRequired"]).optional(),
  costCenter: text.optional(),
  country: text.optional(),
  department: text.optional(),
  disablePasswordExpiration: z.boolean().optional(),
  disableStrongPassword: z.boolean().optional(),
  displayName: text.min(1).max(256),
  division: text.optional(),
  employeeHireDate: z.iso.datetime({ offset: true }).optional(),
  employeeId: text.max(16).optional(),
  employeeType: text.max(64).optional(),
  faxNumber: text.optional(),
  forcePasswordChange: z.boolean().optional(),
  givenName: text.optional(),
  jobTitle: text.optional(),
  mail: text.optional(),
  mailNickname: text.optional(),
  managerId: text.optional(),
  mobilePhone: text.optional(),
  officeLocation: text.optional(),
  onpremisesImmutableId: text.optional(),
  otherMails: z.array(text).optional(),
  password: text.min(1).max(256).optional(),
  postalCode: text.optional(),
  preferredLanguage: text.optional(),
  showInAddressList: z.boolean().optional(),
  state: text.optional(),
  streetAddress: text.optional(),
  surname: text.optional(),
  usageLocation: text.optional(),
  userPrincipalName: text.regex(/^[^\s@]+@[^\s@]+$/, "must be a user principal name: name@domain"),
});

/** Left out, they mean false: the official plugin does not fill that in, so neither is it filled in here. */
export const USER_FLAGS = [
  "disablePasswordExpiration",
  "disableStrongPassword",
  "forcePasswordChange",
] as const satisfies readonly (keyof z.output<typeof userInputs>)[];

const always = z.string();
const zeroValue = z.string().optional();
const flag = z.boolean().optional();

/** Required: what the service always has an answer for. Optional: empty in the state unless it was declared. */
export const userOutputs = z.object({
  __meta: always,
  aboutMe: always,
  businessPhones: z.array(always),
  creationType: always,
  externalUserState: always,
  imAddresses: z.array(always),
  mail: always,
  mailNickname: always,
  objectId: always,
  onpremisesDistinguishedName: always,
  onpremisesDomainName: always,
  onpremisesImmutableId: always,
  onpremisesSamAccountName: always,
  onpremisesSecurityIdentifier: always,
  onpremisesSyncEnabled: z.boolean(),
  onpremisesUserPrincipalName: always,
  proxyAddresses: z.array(always),
  userType: always,
  accountEnabled: flag,
  ageGroup: zeroValue,
  city: zeroValue,
  companyName: zeroValue,
  consentProvidedForMinor: zeroValue,
  costCenter: zeroValue,
  country: zeroValue,
  department: zeroValue,
  disablePasswordExpiration: flag,
  disableStrongPassword: flag,
  division: zeroValue,
  employeeHireDate: zeroValue,
  employeeId: zeroValue,
  employeeType: zeroValue,
  faxNumber: zeroValue,
  forcePasswordChange: flag,
  givenName: zeroValue,
  jobTitle: zeroValue,
  managerId: zeroValue,
  mobilePhone: zeroValue,
  officeLocation: zeroValue,
  otherMails: z.array(always).optional(),
  postalCode: zeroValue,
  preferredLanguage: zeroValue,
  showInAddressList: flag,
  state: zeroValue,
  streetAddress: zeroValue,
  surname: zeroValue,
  usageLocation: zeroValue,
});

export type UserInputs = z.output<typeof userInputs>;
export type UserOutputs = z.output<typeof userOutputs>;

/** A user as Graph returns it with the properties of `USER_SELECT`. */
export interface GraphUser {
  id: string;
  accountEnabled?: boolean | null;
  businessPhones?: string[];
  employeeOrgData?: { costCenter?: string | null; division?: string | null } | null;
  manager?: { id: string };
  otherMails?: string[];
  passwordPolicies?: string | null;
  showInAddressList?: boolean | null;
  [property: string]: unknown;
}

/** Texts that are plain properties of the Graph user. */
const plainTexts = [
  "ageGroup",
  "city",
  "companyName",
  "consentProvidedForMinor",
  "country",
  "department",
  "displayName",
  "employeeHireDate",
  "employeeId",
  "employeeType",
  "faxNumber",
  "givenName",
  "jobTitle",
  "mail",
  "mailNickname",
  "mobilePhone",
  "officeLocation",
  "onpremisesImmutableId",
  "postalCode",
  "preferredLanguage",
  "state",
  "streetAddress",
  "surname",
  "usageLocation",
  "userPrincipalName",
] as const satisfies readonly (keyof UserInputs)[];

type PlainText = (typeof plainTexts)[number];
const graphName = (key: PlainText): string =>
  key === "onpremisesImmutableId" ? "onPremisesImmutableId" : key;

/**
 * What the official plugin 6.9.1 writes of properties that it expects in Graph's default answer, where they are not:
 * always nothing, also for guests and for people from a local directory.
 */
const NEVER_FILLED = {
  // Graph gives it only through the SharePoint profile.
  aboutMe: "",
  creationType: "",
  externalUserState: "",
  imAddresses: [],
  onpremisesDistinguishedName: "",
  onpremisesDomainName: "",
  onpremisesSamAccountName: "",
  onpremisesSecurityIdentifier: "",
  onpremisesSyncEnabled: false,
  onpremisesUserPrincipalName: "",
  proxyAddresses: [],
  userType: "",
};

export const USER_SELECT: readonly string[] = [
  "id",
  "accountEnabled",
  "businessPhones",
  "employeeOrgData",
  "otherMails",
  "passwordPolicies",
  ...plainTexts.map(graphName),
];

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

const sameInstant = (left: string, right: string): boolean =>
  left === right || (left !== "" && Date.parse(left) === Date.parse(right));

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((item) => right.includes(item));

const policiesOf = (
  user: GraphUser,
): Required<Pick<UserInputs, "disablePasswordExpiration" | "disableStrongPassword">> => {
  const policies = asText(user.passwordPolicies).toLowerCase();
  return {
    disablePasswordExpiration: policies.includes("disablepasswordexpiration"),
    disableStrongPassword: policies.includes("disablestrongpassword"),
  };
};

/** What could have been declared to get this user; the password is not to be had. */
export function inputsOf(user: GraphUser, previous: UserInputs | undefined): UserInputs {
  const texts = plainTexts.map((key) => {
    const found = asText(user[graphName(key)]);
    const declared = previous?.[key];
    return [
      key,
      declared !== undefined && sameInstant(declared, found) ? declared : found,
    ] as const;
  });
  const all = {
    ...Object.fromEntries(texts),
    ...policiesOf(user),
    accountEnabled: user.accountEnabled ?? false,
    businessPhones: user.businessPhones ?? [],
    costCenter: asText(user.employeeOrgData?.costCenter),
    division: asText(user.employeeOrgData?.division),
    // Says something only about the next change of the password.
    forcePasswordChange: previous?.forcePasswordChange,
    managerId: user.manager?.id ?? "",
    otherMails: inDeclaredOrder(user.otherMails ?? [], previous?.otherMails),
    // Nobody has said so far.
    showInAddressList: user.showInAddressList ?? undefined,
  };
  const present = Object.entries(all).filter(
    ([key, value]) =>
      previous?.[key as keyof UserInputs] !== undefined || !isLikeAbsent(key, value),
  );
  return userInputs.parse(Object.fromEntries(present));
}

const isLikeAbsent = (key: string, value: unknown): boolean =>
  value === undefined ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (value === false && USER_FLAGS.some((flagKey) => flagKey === key));

/** The state's part that nobody declared, zero values included, as the official plugin writes it. */
export function outputsOf(user: GraphUser, meta: string): UserOutputs {
  const texts = plainTexts.map((key) => [key, asText(user[graphName(key)])] as const);
  return userOutputs.parse({
    ...Object.fromEntries(texts),
    ...NEVER_FILLED,
    ...policiesOf(user),
    __meta: meta,
    accountEnabled: user.accountEnabled ?? false,
    businessPhones: user.businessPhones ?? [],
    costCenter: asText(user.employeeOrgData?.costCenter),
    division: asText(user.employeeOrgData?.division),
    forcePasswordChange: false,
    managerId: user.manager?.id ?? "",
    objectId: user.id,
    otherMails: user.otherMails ?? [],
    showInAddressList: user.showInAddressList ?? undefined,
  });
}

/**
 * The body that makes a Graph user equal to the wish: only what differs from the observed user; what the wish leaves
 * out stays. Password, manager and address list travel on their own.
 */
export function userChanges(
  wanted: UserInputs,
  observed: Partial<UserInputs> | undefined,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const key of plainTexts) {
    const wish = wanted[key];
    if (wish === undefined || sameInstant(wish, observed?.[key] ?? "")) continue;
    body[graphName(key)] = wish === "" ? null : wish;
  }
  const { accountEnabled } = wanted;
  if (accountEnabled !== undefined && accountEnabled !== observed?.accountEnabled) {
    body.accountEnabled = accountEnabled;
  }
  for (const key of ["businessPhones", "otherMails"] as const) {
    const wish = wanted[key];
    if (wish !== undefined && !sameSet(wish, observed?.[key] ?? [])) body[key] = wish;
  }
  return { ...body, ...organisationChange(wanted, observed), ...policyChange(wanted, observed) };
}

/** Graph takes both parts at once. */
function organisationChange(
  wanted: UserInputs,
  observed: Partial<UserInputs> | undefined,
): Record<string, unknown> {
  const [costCenter, division] = (["costCenter", "division"] as const).map((key) => {
    const found = observed?.[key] ?? "";
    const wish = wanted[key] ?? found;
    return { wish: wish === "" ? null : wish, differs: wish !== found };
  });
  if (!costCenter?.differs && !division?.differs) return {};
  return { employeeOrgData: { costCenter: costCenter?.wish, division: division?.wish } };
}

function policyChange(
  wanted: UserInputs,
  observed: Partial<UserInputs> | undefined,
): Record<string, unknown> {
  const policiesText = (user: Partial<UserInputs> | undefined): string =>
    [
      ...(user?.disablePasswordExpiration ? ["DisablePasswordExpiration"] : []),
      ...(user?.disableStrongPassword ? ["DisableStrongPassword"] : []),
    ].join(", ") || "None";
  const passwordPolicies = policiesText(wanted);
  return passwordPolicies === policiesText(observed) ? {} : { passwordPolicies };
}
