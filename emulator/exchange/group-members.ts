/**
 * Members of distribution groups and mail-enabled security groups, which Graph only reads.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/add-distributiongroupmember (cited, not read)
 */
import { groups, users } from "../entities/collections.ts";
import {
  isWrittenByExchange,
  memberIds,
  membershipChanged,
  MEMBERS,
} from "../entities/group-links.ts";
import type { GraphObject } from "../graph/object.ts";
import type { Cmdlet, CmdletRun } from "./cmdlet.ts";
import { alreadyMember, notMember } from "./errors.ts";
import { refuseSynchronized } from "./groups.ts";
import { limited } from "./mailboxes.ts";
import {
  kindOfRecipient,
  primaryAddress,
  requireGroup,
  requireRecipient,
  text,
} from "./recipients.ts";

const groupOf = ({ call, parameters }: CmdletRun): GraphObject =>
  requireGroup(call, parameters.requireText("Identity"), isWrittenByExchange);

/** Only recipients: whoever lost the mailbox is left out. */
function list(context: CmdletRun): Record<string, unknown>[] {
  const { call } = context;
  const found = memberIds(call, groupOf(context).id).flatMap((id) => {
    const member = call.store.get(users, id) ?? call.store.get(groups, id);
    const kind = member && kindOfRecipient(call, member);
    return member === undefined || kind === undefined ? [] : [{ member, kind }];
  });
  return limited(context, found).map(({ member, kind }) => ({
    Identity: member.id,
    Name: member.id,
    Guid: member.id,
    ExternalDirectoryObjectId: member.id,
    Alias: text(member, "mailNickname"),
    DisplayName: text(member, "displayName"),
    PrimarySmtpAddress: primaryAddress(member),
    WindowsLiveID: text(member, "userPrincipalName"),
    RecipientTypeDetails: kind,
  }));
}

function change(context: CmdletRun, wanted: "add" | "remove"): Record<string, unknown>[] {
  const { call, parameters } = context;
  const group = groupOf(context);
  refuseSynchronized(group);
  const member = requireRecipient(call, parameters.requireText("Member"));
  const names: [string, string] = [member.id, group.id];
  if (wanted === "add") {
    if (!call.store.link(MEMBERS, group.id, member.id)) throw alreadyMember(...names);
  } else if (!call.store.unlink(MEMBERS, group.id, member.id)) throw notMember(...names);
  membershipChanged(call, group);
  call.emit("group.updated", { id: group.id });
  return [];
}

const CHANGE = ["Identity", "Member", "BypassSecurityGroupManagerCheck"];

export const groupMemberCmdlets: readonly Cmdlet[] = [
  { name: "Get-DistributionGroupMember", parameters: ["Identity", "ResultSize"], run: list },
  {
    name: "Add-DistributionGroupMember",
    parameters: CHANGE,
    run: (context) => change(context, "add"),
  },
  {
    name: "Remove-DistributionGroupMember",
    parameters: CHANGE,
    run: (context) => change(context, "remove"),
  },
];
