/**
 * A guest: somebody of another organisation, invited by mail. Not the official `azuread:index/invitation`, which cannot
 * change anything in place and keeps the link of the invitation in the state (package schema of pulumi-azuread 6.9.1:
 * every input replaces, `redeemUrl` is an output; checked 2026-11-27).
 * @see https://learn.microsoft.com/graph/api/invitation-post (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/user-post-sponsors (v1.0, checked 2026-11-27)
 */
import { z } from "zod";
import { isRequestError, odata } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { mayBeOurs } from "../kit/earlier-run.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address, day, setOf } from "../kit/zod-shapes.ts";
import { describeGuest } from "./describe-guest.ts";
import { directoryObject } from "./directory-references.ts";
import { directoryBin } from "./recycle-bin.ts";

const inputs = z.strictObject({
  email: address.describe("Where the invitation goes; the guest signs in with it."),
  displayName: z.string().min(1).max(256).describe("What people call the guest."),
  sponsors: setOf(z.string().min(1))
    .optional()
    .describe("Object ids of the people here who answer for the guest."),
  until: day.optional().describe("Last day; an agreement, which no service knows."),
  accountEnabled: z.boolean().default(true).describe("Whether the guest may sign in."),
});

const outputs = z.object({
  objectId: z.string().describe("Object id of the guest's account."),
  externalUserState: z
    .string()
    .describe("PendingAcceptance until the guest accepts the invitation, Accepted afterwards."),
});

export type GuestInputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

interface GraphGuest {
  readonly id: string;
  readonly displayName: string | null;
  readonly mail: string | null;
  readonly externalUserState: string | null;
  readonly accountEnabled: boolean | null;
  readonly createdDateTime?: string | null;
}

/** Where the guest lands after accepting: the list of what they may use. */
const REDIRECT_URL = "https://myapplications.microsoft.com/?tenantid=";

const SELECT = "$select=id,displayName,mail,externalUserState,accountEnabled,createdDateTime";

const objectIdOf = (id: string): string => id.replace("/users/", "");

async function guestWith(context: ResourceContext, email: string): Promise<GraphGuest | undefined> {
  const [found] = await context.service.graph.all<GraphGuest>(
    `${odata`/users?$filter=mail eq '${email}' and userType eq 'Guest'`}&${SELECT}`,
  );
  return found;
}

async function observe(
  { service: { graph } }: ResourceContext,
  id: string,
  { justCreated = false }: { readonly justCreated?: boolean } = {},
): Promise<Observed<GuestInputs, Outputs> | undefined> {
  const path = odata`/users/${id}`;
  const [guest, sponsors] = await Promise.all([
    graph.tryGet<GraphGuest>(`${path}?${SELECT}`, { justCreated }),
    graph.tryGet<{ value: { id: string }[] }>(`${path}/sponsors?$select=id`, { justCreated }),
  ]);
  if (guest === undefined || sponsors === undefined) return undefined;
  const { displayName, mail, externalUserState, accountEnabled } = guest;
  return {
    id: `/users/${guest.id}`,
    inputs: {
      ...(mail === null ? {} : { email: mail.toLowerCase() }),
      ...(displayName === null ? {} : { displayName }),
      sponsors: sponsors.value.map((sponsor) => sponsor.id).sort(),
      accountEnabled: accountEnabled !== false,
    },
    outputs: { objectId: guest.id, externalUserState: externalUserState ?? "" },
  };
}

export const guest = defineResource({
  token: "m365:directory:Guest",
  summary: "Somebody of another organisation, invited by mail.",
  inputs,
  outputs,
  permissions: { read: ["User.Read.All"], write: ["User.ReadWrite.All"] },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/invitation-post", checked: "2026-11-27" },
    { url: "https://learn.microsoft.com/graph/api/user-post-sponsors", checked: "2026-11-27" },
    { url: "https://learn.microsoft.com/graph/api/user-delete", checked: "2026-11-27" },
  ],
  assignedByService: ["sponsors[*]"],
  replaceOn: ["email"],
  writeOnly: ["until"],

  uniqueKey: ({ email }) => email?.toLowerCase(),

  async findByKey(context, email) {
    const found = await guestWith(context, email);
    return found && `/users/${found.id}`;
  },

  // That a deleted guest keeps the mail address is not verified.
  recycleBin: directoryBin<GuestInputs>("user", {
    keyOf: ({ email }) => email?.toLowerCase(),
    select: ["mail", "userType"],
    keyOfDeleted: ({ mail, userType }) =>
      typeof mail === "string" && userType === "Guest" ? mail.toLowerCase() : undefined,
  }),

  read: (context, { id }) => observe(context, objectIdOf(id)),

  async reconcile(context, { wanted, observed }) {
    const id = observed === undefined ? await invite(context, wanted) : objectIdOf(observed.id);
    context.created(`/users/${id}`, { objectId: id });
    const isNew = observed === undefined;
    await change(context, id, { wanted, found: observed?.inputs });
    await setSponsors(context, id, { wanted, found: observed?.inputs.sponsors ?? [] });
    const made = await observe(context, id, { justCreated: isNew });
    if (made === undefined) {
      throw new RefusedError({
        code: "user-gone",
        message: `The guest ${wanted.email} disappeared while being changed`,
        hint: "Find out who removed the guest, then plan again.",
      });
    }
    return made;
  },

  async remove(context, { id }) {
    await context.service.graph.tryDelete(odata`/users/${objectIdOf(id)}`);
  },

  describe: describeGuest,
});

/** @param found undefined for who was invited a moment ago, under the wanted name and not blocked */
async function change(
  { service: { graph } }: ResourceContext,
  id: string,
  {
    wanted,
    found,
  }: { readonly wanted: GuestInputs; readonly found: Partial<GuestInputs> | undefined },
): Promise<void> {
  const { displayName, accountEnabled } = wanted;
  const before = found ?? { displayName, accountEnabled: true };
  const body = {
    ...(displayName === before.displayName ? {} : { displayName }),
    ...(accountEnabled === before.accountEnabled ? {} : { accountEnabled }),
  };
  if (Object.keys(body).length === 0) return;
  await graph.patch(odata`/users/${id}`, body, { justCreated: found === undefined });
}

/**
 * Makes the account and has Microsoft send the mail, once: whoever is a guest already is never invited again, which
 * would send another.
 */
async function invite(context: ResourceContext, wanted: GuestInputs): Promise<string> {
  const { email, displayName } = wanted;
  const mayBeDone = context.begunAt !== undefined;
  const find = async (): Promise<{ invitedUser: { id: string } } | undefined> => {
    const found = await guestWith(context, email);
    if (found === undefined) return undefined;
    const isOurs = found.displayName === displayName && mayBeOurs(context, found.createdDateTime);
    if (!isOurs) throw guestExists(email);
    return { invitedUser: { id: found.id } };
  };
  if (!mayBeDone && (await guestWith(context, email)) !== undefined) throw guestExists(email);
  const body = {
    invitedUserEmailAddress: email,
    invitedUserDisplayName: displayName,
    inviteRedirectUrl: `${REDIRECT_URL}${context.tenantId}`,
    sendInvitationMessage: true,
  };
  try {
    const made = await context.service.graph.post<{ invitedUser: { id: string } }>(
      "/invitations",
      body,
      { find, mayBeDone },
    );
    return made.invitedUser.id;
  } catch (error) {
    const says = isRequestError(error) ? (error.serviceMessage ?? "") : "";
    if (!says.includes("invitations not allowed")) throw error;
    throw new RefusedError({
      code: "invitations-not-allowed",
      message: `The tenant does not allow anybody to invite guests, so ${email} was not invited`,
      hint: "Allow invitations in the external collaboration settings of the Microsoft Entra admin center, or take the guest out of the tenant file.",
      cause: error,
    });
  }
}

const guestExists = (email: string): RefusedError =>
  new RefusedError({
    code: "guest-exists",
    message: `${email} is a guest of the tenant already`,
    hint: "Import the tenant to manage this guest, or remove the guest in the tenant to invite anew.",
  });

async function setSponsors(
  context: ResourceContext,
  id: string,
  { wanted, found }: { readonly wanted: GuestInputs; readonly found: readonly string[] },
): Promise<void> {
  const { sponsors } = wanted;
  if (sponsors === undefined) return;
  const { graph } = context.service;
  const path = `${odata`/users/${id}`}/sponsors`;
  for (const sponsor of sponsors.filter((one) => !found.includes(one))) {
    const options = { justCreated: true, idempotent: true };
    try {
      await graph.post(`${path}/$ref`, { "@odata.id": directoryObject(sponsor) }, options);
    } catch (error) {
      // Sent twice, or added by somebody else meanwhile.
      if (!isRequestError(error) || !says(error.serviceMessage)) throw error;
    }
  }
  for (const sponsor of found.filter((one) => !sponsors.includes(one))) {
    await graph.tryDelete(`${path}/${odata`${sponsor}`}/$ref`);
  }
}

const says = (message = ""): boolean => message.includes("references already exist");
