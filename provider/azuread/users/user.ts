/**
 * A person's account. Same token, inputs and outputs as the official plugin; unlike it, everything that can
 * travels in batches and nothing is polled at fixed intervals.
 * @see https://learn.microsoft.com/graph/api/resources/user (v1.0, and beta for `showInAddressList`; checked 2026-11)
 *
 * `showInAddressList` is only right in beta. Versions 2 of the official plugin sent it with the creation, to beta,
 * for years; version 3 creates in v1.0 and writes it afterwards, one more write for each person. Microsoft does not say
 * what a creation does with it, so what came of it is looked at.
 */
import { isRequestError, odata } from "../../../services/index.ts";
import type { Collection } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import { mayBeOurs } from "../../kit/earlier-run.ts";
import type { CheckFailure, Observed, ResourceContext } from "../../kit/define.ts";
import { directoryObject } from "../../directory/directory-references.ts";
import { LISTED_USERS } from "../../directory/listed.ts";
import { isMastered, masteredOnPremises } from "../../directory/on-premises.ts";
import { directoryBin } from "../../directory/recycle-bin.ts";
import { revokeSessions } from "../../directory/sessions.ts";
import { RefusedError } from "../../kit/refusal.ts";
import { bridgedMeta, objectIdOf } from "../bridged-state.ts";
import { describeUser } from "./describe-user.ts";
import {
  inputsOf,
  outputsOf,
  USER_FLAGS,
  USER_SELECT,
  userChanges,
  userInputs,
  userOutputs,
} from "./user-properties.ts";
import type { GraphUser, UserInputs, UserOutputs } from "./user-properties.ts";

const META = bridgedMeta(1, { create: 5, delete: 5, read: 5, update: 5 });

/**
 * With their managers, in one call. With a relation expanded a page holds 100 users, without it 999.
 * @see https://learn.microsoft.com/graph/query-parameters#expand (checked 2026-11)
 */
const USERS = {
  path: "/users",
  query: `$select=${[...USER_SELECT, "showInAddressList"].join(",")}&$expand=manager($select=id)`,
  pageSize: 100,
  version: LISTED_USERS.version,
} as const satisfies Collection;

async function oneOfMany(
  { service: { graph } }: ResourceContext,
  id: string,
  isFresh: boolean | undefined,
): Promise<GraphUser | undefined> {
  const kept = isFresh === true ? undefined : await graph.tryRelated(id, "manager");
  if (kept === undefined) return await graph.tryGetOneOf<GraphUser>(USERS, id, { isFresh });
  const found = await graph.tryGetOneOf<GraphUser>(LISTED_USERS, id);
  const [manager] = kept;
  return found && { ...found, ...(manager && { manager: { id: manager.id } }) };
}

function fetchUser(
  context: ResourceContext,
  key: string,
  { withAge = false, ...options }: { justCreated?: boolean; withAge?: boolean } = {},
): Promise<GraphUser | undefined> {
  const { query, version } = USERS;
  const asked = withAge ? query.replace("$select=", "$select=createdDateTime,") : query;
  const path = `${odata`/users/${key}`}?${asked}`;
  return context.service.graph.tryGet<GraphUser>(path, { version, ...options });
}

const observe = (
  user: GraphUser,
  previous: UserInputs | undefined,
): Observed<UserInputs, UserOutputs> => ({
  id: `/users/${user.id}`,
  inputs: inputsOf(user, previous),
  outputs: outputsOf(user, META),
});

export const user = defineResource({
  token: "azuread:index/user:User",
  summary: "A person's account in the tenant.",
  inputs: userInputs,
  outputs: userOutputs,
  secrets: ["password"],
  permissions: { read: ["User.Read.All"], write: ["User.ReadWrite.All"] },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/user-post-users", checked: "2026-11-22" },
    { url: "https://learn.microsoft.com/graph/api/user-update", checked: "2026-11-22" },
    {
      url: "https://learn.microsoft.com/graph/api/user-revokesigninsessions",
      checked: "2026-11-28",
    },
    {
      url: "https://www.pulumi.com/registry/packages/azuread/api-docs/user/",
      checked: "2026-11-22",
    },
  ],
  limits: [
    {
      name: "deletedUserRetentionDays",
      value: 30,
      source: "https://learn.microsoft.com/graph/api/user-delete",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["managerId"],
  replaceOn: [],
  writeOnly: ["password", "forcePasswordChange"],
  falseWhenAbsent: USER_FLAGS,
  unordered: ["otherMails"],
  caseless: ["userPrincipalName", "mail", "mailNickname", "preferredLanguage", "usageLocation"],
  // Graph takes one number, in a list.
  wholeLists: ["businessPhones"],

  validate(wanted): readonly CheckFailure[] {
    const consent = wanted.consentProvidedForMinor ?? "";
    const needsMinor = consent === "Granted" || consent === "Denied";
    if (!needsMinor || wanted.ageGroup === "Minor") return [];
    return [
      {
        property: "consentProvidedForMinor",
        reason: `can only be ${consent} when ageGroup is Minor`,
      },
    ];
  },

  uniqueKey: ({ userPrincipalName }) => userPrincipalName?.toLowerCase(),

  async findByKey(context, userPrincipalName) {
    const found = await fetchUser(context, userPrincipalName);
    return found && `/users/${found.id}`;
  },

  addresses: ({ userPrincipalName = "", mail = "" }) =>
    [userPrincipalName, mail].filter((address) => address !== ""),

  recycleBin: directoryBin<UserInputs>("user", {
    keyOf: ({ userPrincipalName }) => userPrincipalName?.toLowerCase(),
    select: ["userPrincipalName"],
    // Kept with the object id, without hyphens, before it: so that the name is free for somebody else.
    keyOfDeleted: ({ id, userPrincipalName: name }) =>
      typeof name === "string" ? name.toLowerCase().replace(id.replaceAll("-", ""), "") : undefined,
  }),

  async read(context, { id, previous, isFresh }) {
    const found = await oneOfMany(context, objectIdOf(id), isFresh);
    return found === undefined ? undefined : observe(found, previous);
  },

  async reconcile(context, { wanted, declared, previous, observed }) {
    const userId = observed === undefined ? await create(context, wanted) : objectIdOf(observed.id);
    context.created(`/users/${userId}`, { objectId: userId, __meta: META });
    const isNew = observed === undefined;
    await Promise.all([
      isNew ? undefined : update(context, userId, { wanted, previous, observed: observed.inputs }),
      isNew
        ? undefined
        : showInAddressList(context, userId, { wanted, found: observed.inputs, isNew: false }),
      setManager(context, userId, { wanted, observed: observed?.inputs }),
    ]);
    // By file and state, not by what stands there: a run that died after the block may not have come to this.
    const isBlocked = declared.accountEnabled === false;
    if (isBlocked && !isNew && (previous ?? observed.inputs).accountEnabled !== false)
      await revokeSessions(context, userId);
    const made = await fetchUser(context, userId, { justCreated: isNew });
    if (made === undefined) {
      throw new RefusedError({
        code: "user-gone",
        message: `${wanted.userPrincipalName} disappeared while it was being changed`,
        hint: "Find out who removed the user, then plan again.",
      });
    }
    if (isNew) await showInAddressList(context, userId, { wanted, found: made, isNew: true });
    return observe(made, wanted);
  },

  async remove(context, { id }) {
    await context.service.graph.tryDelete(odata`/users/${objectIdOf(id)}`);
  },

  describe: describeUser,
});

interface Versions {
  readonly wanted: UserInputs;
  readonly previous?: UserInputs | undefined;
  readonly observed: Partial<UserInputs> | undefined;
}

const passwordProfile = (wanted: UserInputs): Record<string, unknown> => ({
  password: wanted.password,
  forceChangePasswordNextSignIn: wanted.forcePasswordChange ?? false,
});

async function create(context: ResourceContext, wanted: UserInputs): Promise<string> {
  const { userPrincipalName, password } = wanted;
  if (password === undefined) {
    throw new RefusedError({
      code: "password-missing",
      message: `${userPrincipalName} needs a first password`,
      hint: "Give the user a password; it is only needed to create the account.",
    });
  }
  const mailNickname = wanted.mailNickname ?? userPrincipalName.split("@", 1)[0];
  const body = {
    // Graph requires a value; the default is an enabled account.
    accountEnabled: true,
    mailNickname,
    ...userChanges(wanted, undefined),
    showInAddressList: wanted.showInAddressList,
    passwordProfile: passwordProfile(wanted),
  };
  const find = async (): Promise<{ id: string } | undefined> => {
    const found = await fetchUser(context, userPrincipalName, { withAge: true });
    if (found === undefined) return undefined;
    // Only a user that has everything that was sent can be the one whose answer was lost. The first password of an
    // earlier run stays: nobody was told it.
    const rest = userChanges(wanted, inputsOf(found, wanted));
    const isOurs = Object.keys(rest).length === 0 && mayBeOurs(context, found.createdDateTime);
    return isOurs ? { id: found.id } : undefined;
  };
  try {
    // The directory refuses a second user of that name, so sending again at once is safe.
    const mayBeDone = context.begunAt !== undefined;
    const options = { find, mayBeDone, settleMs: 0, version: "beta" as const };
    const made = await context.service.graph.post<{ id: string }>("/users", body, options);
    return made.id;
  } catch (error) {
    throw isRequestError(error, "already-exists") ? userExists(wanted, error) : error;
  }
}

const userExists = ({ userPrincipalName }: UserInputs, cause: Error): RefusedError =>
  new RefusedError({
    code: "user-exists",
    message: `${userPrincipalName} or one of its addresses is already in use in the tenant`,
    hint: "Import the existing user, or choose another name.",
    cause,
  });

async function update(
  context: ResourceContext,
  userId: string,
  { wanted, previous, observed }: Versions,
): Promise<void> {
  const body = userChanges(wanted, observed);
  // Without a password before, the account is being finished: it got this one when it was made.
  const hasNewPassword = previous !== undefined && wanted.password !== previous.password;
  if (hasNewPassword) body.passwordProfile = passwordProfile(wanted);
  if (Object.keys(body).length === 0) return;
  try {
    await context.service.graph.patch(odata`/users/${userId}`, body);
  } catch (error) {
    if (isRequestError(error) && isMastered(error)) {
      throw masteredOnPremises(wanted.userPrincipalName, error);
    }
    throw isRequestError(error, "already-exists") ? userExists(wanted, error) : error;
  }
}

async function showInAddressList(
  context: ResourceContext,
  userId: string,
  user: {
    readonly wanted: UserInputs;
    readonly found: { readonly showInAddressList?: boolean | null | undefined };
    readonly isNew: boolean;
  },
): Promise<void> {
  const { showInAddressList } = user.wanted;
  if (showInAddressList === undefined || showInAddressList === user.found.showInAddressList) return;
  const options = { version: "beta" as const, justCreated: user.isNew };
  await context.service.graph.patch(odata`/users/${userId}`, { showInAddressList }, options);
}

async function setManager(
  context: ResourceContext,
  userId: string,
  { wanted, observed }: Versions,
): Promise<void> {
  const wish = wanted.managerId;
  const found = observed?.managerId ?? "";
  if (wish === undefined || wish === found) return;
  const path = odata`/users/${userId}/manager/$ref`;
  const { graph } = context.service;
  // Manager and user may both be seconds old, and then not every replica knows them yet.
  if (wish === "") await graph.delete(path);
  else await graph.put(path, { "@odata.id": directoryObject(wish) }, { justCreated: true });
}
