/**
 * Users.
 * @see https://learn.microsoft.com/graph/api/resources/user (checked 2026-11)
 */
import { toTimestamp } from "../core/clock.ts";
import type { Scope } from "../core/workload.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { badRequest, forbidden } from "../graph/errors.ts";
import { users, type GraphObject } from "./collections.ts";
import { addressesOf, normalizeAddresses } from "./addresses.ts";
import { checkSignInActivity, signInActivityOf } from "./sign-in-activity.ts";
import { hasExchange } from "./license-rules.ts";
import { computedLicences, licenseStatesOf } from "./license-states.ts";
import { refuseMastered } from "./mastered.ts";
import {
  invalidValue,
  isVerifiedDomain,
  requireFreeAddresses,
  requireUnique,
  requireValues,
  securityIdentifier,
} from "./rules.ts";

const REQUIRED = [
  "accountEnabled",
  "displayName",
  "passwordProfile",
  "userPrincipalName",
  "mailNickname",
] as const;
/** Texts with a documented length; none of them may be empty. */
const MAX_LENGTHS = {
  city: 128,
  companyName: 64,
  country: 128,
  department: 64,
  displayName: 256,
  givenName: 64,
  jobTitle: 128,
  mobilePhone: 64,
  postalCode: 40,
  state: 128,
  streetAddress: 1024,
  surname: 64,
} as const;
const ALLOWED_VALUES: Record<string, readonly string[]> = {
  ageGroup: ["minor", "notadult", "adult"],
  consentProvidedForMinor: ["granted", "denied", "notrequired"],
};
/** No spaces, no accents. */
const ADDRESS = /^[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+\.[\x21-\x3f\x41-\x7e]+$/;
const LOCAL_PART = /^[A-Za-z0-9'._!#^~-]+$/;
const MAIL_NICKNAME = /^[^@()\\[\]";:<>, ]{1,64}$/;
const MIN_PASSWORD_LENGTH = 8;
const PASSWORD_CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];
const NEEDED_PASSWORD_CLASSES = 3;

export const userDefinition: EntityDefinition = {
  type: "user",
  path: "/users",
  collection: users,
  methods: ["list", "get", "create", "update", "delete"],
  alternateKeys: ["userPrincipalName"],
  idAliases: ["userPrincipalName"],
  isDirectoryObject: true,
  isSoftDeleted: true,
  defaultProperties: [
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
  ],
  hidden: ["passwordProfile"],
  singleOnly: [
    "aboutMe",
    "birthday",
    "hireDate",
    "interests",
    "mySite",
    "pastProjects",
    "preferredName",
    "responsibilities",
    "schools",
    "skills",
    "mailboxSettings",
  ],
  readOnly: [
    "id",
    "assignedLicenses",
    "assignedPlans",
    "createdDateTime",
    "creationType",
    "deletedDateTime",
    "externalUserState",
    "externalUserStateChangeDateTime",
    "imAddresses",
    "isManagementRestricted",
    "lastPasswordChangeDateTime",
    "legalAgeGroupClassification",
    "licenseAssignmentStates",
    "onPremisesLastSyncDateTime",
    "onPremisesSecurityIdentifier",
    "onPremisesSyncEnabled",
    "provisionedPlans",
    "proxyAddresses",
    "securityIdentifier",
    "signInActivity",
    "signInSessionsValidFromDateTime",
  ],
  computed: {
    ...computedLicences,
    securityIdentifier: (_scope, user) => securityIdentifier(user.id),
    identities: identitiesOf,
    signInActivity: signInActivityOf,
  },
  selecting: (call, { select, key }) => {
    if (select.includes("signInActivity")) checkSignInActivity(call, key);
  },
  create: (call, object) => {
    requireValues(object, REQUIRED, "User");
    checkTexts(object);
    checkPassword(object);
    const user: GraphObject = {
      userType: "Member",
      businessPhones: [],
      otherMails: [],
      proxyAddresses: [],
      licenseAssignmentStates: [],
      showInAddressList: null,
      ...object,
      createdDateTime: toTimestamp(call.nowMs),
      lastPasswordChangeDateTime: toTimestamp(call.nowMs),
      signInSessionsValidFromDateTime: toTimestamp(call.nowMs),
    };
    return checkUser(call, withMail(user));
  },
  created: (call, user) => {
    call.emit("user.created", { id: user.id });
  },
  update: (call, { before, after, input }) => {
    checkNarrowPermissions(call.token?.roles ?? [], Object.keys(input.properties));
    refuseMastered(before, Object.keys(input.properties));
    requireValues(
      after,
      REQUIRED.filter((name) => name !== "passwordProfile"),
      "User",
    );
    checkTexts(input.properties);
    if (hasPassword(input.properties)) {
      checkPassword(after);
      after.lastPasswordChangeDateTime = toTimestamp(call.nowMs);
    }
    if (before.usageLocation !== undefined && after.usageLocation === null)
      throw invalidValue("usageLocation", "User");
    const isRenamed = after.userPrincipalName !== before.userPrincipalName;
    const named = isRenamed && hasExchange(licenseStatesOf(after)) ? withNewName(after) : after;
    return checkUser(call, after.mail === before.mail ? named : withMail(named));
  },
  updated: (call, { after }) => {
    call.emit("user.updated", { id: after.id });
  },
  removed: (call, user) => {
    call.emit("user.deleted", { id: user.id });
  },
};

/** Refuses what the directory refuses; also used at restore. */
export function checkUser(scope: Scope, user: GraphObject): GraphObject {
  const { userPrincipalName, mailNickname, usageLocation, businessPhones } = user;
  const [local = "", domain = "", ...rest] = String(userPrincipalName).split("@");
  if (!LOCAL_PART.test(local) || local.endsWith(".") || rest.length > 0 || domain === "") {
    throw badRequest("Property userPrincipalName is invalid.", [
      {
        code: "InvalidValue",
        target: "userPrincipalName",
        message: "Property userPrincipalName is invalid.",
      },
    ]);
  }
  if (!isVerifiedDomain(scope, domain)) {
    throw badRequest(
      "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.",
    );
  }
  if (typeof mailNickname !== "string" || !MAIL_NICKNAME.test(mailNickname))
    throw invalidValue("mailNickname", "User");
  if (typeof usageLocation === "string" && !/^[A-Z]{2}$/.test(usageLocation))
    throw invalidValue("usageLocation", "User");
  if (Array.isArray(businessPhones) && businessPhones.length > 1)
    throw invalidValue("businessPhones", "User");
  requireUnique(scope, users, {
    key: "userPrincipalName",
    value: String(userPrincipalName),
    id: user.id,
  });
  if (typeof user.onPremisesImmutableId === "string") {
    requireUnique(scope, users, {
      key: "onPremisesImmutableId",
      value: user.onPremisesImmutableId,
      id: user.id,
    });
  }
  // Nobody signs in with an address of somebody else.
  const names = [...addressesOf(user), `smtp:${String(userPrincipalName)}`];
  requireFreeAddresses(scope, names, user.id);
  return user;
}

/** Permissions that reach a few properties only. */
const NARROW_PERMISSIONS: Record<string, readonly string[]> = {
  "User-Mail.ReadWrite.All": ["otherMails"],
  "User-PasswordProfile.ReadWrite.All": ["passwordProfile"],
  "User-Phone.ReadWrite.All": ["businessPhones", "mobilePhone"],
  "User.EnableDisableAccount.All": ["accountEnabled"],
  "User.ManageIdentities.All": ["identities"],
};

function checkNarrowPermissions(roles: readonly string[], changed: readonly string[]): void {
  if (roles.includes("User.ReadWrite.All") || roles.includes("Directory.ReadWrite.All")) return;
  const allowed = roles.flatMap((role) => NARROW_PERMISSIONS[role] ?? []);
  if (changed.some((name) => name !== "@odata.type" && !allowed.includes(name))) throw forbidden();
}

function checkTexts(properties: Record<string, unknown>): void {
  for (const [name, maxLength] of Object.entries(MAX_LENGTHS)) {
    const value = properties[name];
    if (typeof value === "string" && (value === "" || value.length > maxLength))
      throw invalidValue(name, "User");
  }
  const { mail } = properties;
  if (typeof mail === "string" && !ADDRESS.test(mail)) throw invalidValue("mail", "User");
  for (const [name, allowed] of Object.entries(ALLOWED_VALUES)) {
    const value = properties[name];
    if (typeof value === "string" && !allowed.includes(value.toLowerCase()))
      throw invalidValue(name, "User");
  }
}

/** A profile may change alone how the next sign-in goes. */
function hasPassword({ passwordProfile }: Record<string, unknown>): boolean {
  return (
    typeof passwordProfile === "object" &&
    typeof (passwordProfile as { password?: unknown } | null)?.password === "string"
  );
}

function checkPassword(user: GraphObject): void {
  const profile = user.passwordProfile as { password?: string | null } | null;
  const password = profile?.password ?? "";
  const classes = PASSWORD_CLASSES.filter((pattern) => pattern.test(password)).length;
  if (password.length < MIN_PASSWORD_LENGTH || classes < NEEDED_PASSWORD_CLASSES) {
    const message =
      "The specified password does not comply with password complexity requirements. Please provide a different password.";
    throw badRequest(message, [{ code: "InvalidPassword", target: "passwordProfile", message }]);
  }
  // The password itself is never needed again.
  user.passwordProfile = { ...profile, password: null };
}

/** The primary mail address is the first proxy address. */
function withMail(user: GraphObject): GraphObject {
  if (typeof user.mail !== "string") return user;
  const others = addressesOf(user).filter((address) => !address.startsWith("SMTP:"));
  return { ...user, proxyAddresses: normalizeAddresses([`SMTP:${user.mail}`, ...others]) };
}

/** The mailbox takes mail for the new name too; its primary address stays. */
function withNewName(user: GraphObject): GraphObject {
  const proxyAddresses = normalizeAddresses([...addressesOf(user), String(user.userPrincipalName)]);
  return { ...user, proxyAddresses };
}

function identitiesOf(_scope: Scope, user: GraphObject): unknown {
  const issuer = String(user.userPrincipalName).split("@")[1] ?? "";
  return [{ signInType: "userPrincipalName", issuer, issuerAssignedId: user.userPrincipalName }];
}
