/**
 * Members of distribution groups and mail-enabled security groups: Graph reads them and refuses to write them
 * ("Cannot Update a mail-enabled security groups and or distribution list", microsoft-graph-docs#14827).
 * @see https://learn.microsoft.com/graph/api/resources/groups-overview (checked 2026-11-27)
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/add-distributiongroupmember (cited, not read)
 */
import { isRequestError } from "../../services/index.ts";
import type { RelatedObject } from "../directory/group-relations.ts";
import type { ResourceContext } from "../kit/define.ts";
import { awaitRecipients, says } from "./recipients.ts";

interface GroupMember {
  readonly ExternalDirectoryObjectId: string;
  readonly PrimarySmtpAddress: string;
  /** Mail nickname. */
  readonly Alias: string;
  readonly DisplayName: string;
  /** User principal name; empty for who or what does not sign in. */
  readonly WindowsLiveID: string;
  readonly RecipientTypeDetails: string;
}

const SELECT = [
  "ExternalDirectoryObjectId",
  "PrimarySmtpAddress",
  "Alias",
  "DisplayName",
  "WindowsLiveID",
  "RecipientTypeDetails",
] as const;

/** The application is none of the group's owners. */
const AS_ADMINISTRATOR = { BypassSecurityGroupManagerCheck: true, Confirm: false };

/** Whether only Exchange writes the group. */
export const isWrittenByExchange = (group: {
  readonly mailEnabled: boolean | null;
  readonly groupTypes: readonly string[];
}): boolean => group.mailEnabled === true && !group.groupTypes.includes("Unified");

/** All of them, as Graph would list them; `undefined` when the group does not exist. */
export async function exchangeMembers(
  context: ResourceContext,
  groupId: string,
): Promise<RelatedObject[] | undefined> {
  try {
    const { value } = await context.service.exchange.invoke<GroupMember>(
      "Get-DistributionGroupMember",
      { Identity: groupId, ResultSize: "Unlimited" },
      { select: SELECT, justCreated: true },
    );
    return value.map(asRelated);
  } catch (error) {
    if (isRequestError(error) && error.status === 404) return undefined;
    throw error;
  }
}

function asRelated(member: GroupMember): RelatedObject {
  const { ExternalDirectoryObjectId: id, PrimarySmtpAddress: mail, WindowsLiveID } = member;
  return {
    "@odata.type": `#microsoft.graph.${typeOf(member)}`,
    id,
    userPrincipalName: WindowsLiveID === "" ? mail : WindowsLiveID,
    mail,
    displayName: member.DisplayName,
    mailNickname: member.Alias,
  };
}

function typeOf({ RecipientTypeDetails: type }: GroupMember): "user" | "group" | "directoryObject" {
  // The mailbox of a Microsoft 365 group is no person's.
  if (/^Mail.*Group$|^GroupMailbox$/.test(type)) return "group";
  return /mailbox$|^GuestMailUser$|^MailUser$/i.test(type) ? "user" : "directoryObject";
}

/** Adds them, once Exchange knows them; who is a member already is fine. */
export async function addExchangeMembers(
  context: ResourceContext,
  groupId: string,
  members: readonly { readonly id: string; readonly name: string }[],
): Promise<void> {
  await awaitRecipients(context, members);
  await Promise.all(
    members.map(({ id }) => change(context, { verb: "Add", groupId, id, done: /AlreadyExists/ })),
  );
}

/** Removes them; who is gone already is fine. */
export async function removeExchangeMembers(
  context: ResourceContext,
  groupId: string,
  ids: readonly string[],
): Promise<void> {
  await Promise.all(
    ids.map((id) => change(context, { verb: "Remove", groupId, id, done: /MemberNotFound/ })),
  );
}

async function change(
  { service }: ResourceContext,
  {
    verb,
    groupId,
    id,
    done,
  }: {
    readonly verb: "Add" | "Remove";
    readonly groupId: string;
    readonly id: string;
    /** What Exchange says where it was done before. */
    readonly done: RegExp;
  },
): Promise<void> {
  try {
    await service.exchange.invoke(
      `${verb}-DistributionGroupMember`,
      { Identity: groupId, Member: id, ...AS_ADMINISTRATOR },
      { idempotent: true, justCreated: verb === "Add" },
    );
  } catch (error) {
    const isGone = verb === "Remove" && isRequestError(error, "not-found");
    if (!isGone && !says(error, done)) throw error;
  }
}
