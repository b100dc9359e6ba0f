/**
 * Licences that everybody in a group gets. Microsoft hands them out some time after the call; this resource
 * waits for that, and fails with names when somebody went without.
 * @see https://learn.microsoft.com/graph/api/group-assignlicense (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { odata } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { ResourceContext } from "../kit/define.ts";
import { LISTED_GROUPS } from "../directory/listed.ts";
import { describeLicenses } from "./describe-licenses.ts";
import { demandNoErrors } from "./group-license-errors.ts";
import {
  fromAssigned,
  licenseDifference,
  licenseSet,
  settling,
  stillOpen,
  toAssigned,
  toChange,
} from "./license-assignments.ts";
import type { AssignedLicense, LicenseChange } from "./license-assignments.ts";
import { text } from "../../core/i18n/phrases.ts";

/** Handing out to thousands of members takes minutes. */
const PROCESSING_DEADLINE_MS = 15 * 60_000;

const inputs = z.strictObject({
  groupId: z.string().min(1).describe("Object id of the group."),
  groupName: z.string().min(1).describe("Mail nickname of the group."),
  groupDisplayName: z.string().optional().describe("What people call the group."),
  licenses: licenseSet.describe("Everything that the group's members get."),
});

const outputs = z.object({});

interface GraphGroup {
  readonly id: string;
  readonly displayName: string;
  readonly mailNickname: string;
  readonly assignedLicenses: readonly AssignedLicense[];
  readonly licenseProcessingState: { readonly state: string | null } | null;
}

const SELECT = "$select=id,displayName,mailNickname,assignedLicenses,licenseProcessingState";

const fetchGroup = (
  context: ResourceContext,
  groupId: string,
  options: { justCreated?: boolean } = {},
): Promise<GraphGroup | undefined> =>
  context.service.graph.tryGet<GraphGroup>(`${odata`/groups/${groupId}`}?${SELECT}`, options);

export const groupLicense = defineResource({
  token: "m365:licensing:GroupLicense",
  summary: "Licences that everybody in a group gets.",
  inputs,
  outputs,
  permissions: {
    read: ["Group.Read.All", "Organization.Read.All"],
    write: ["LicenseAssignment.ReadWrite.All"],
  },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/group-assignlicense", checked: "2026-11-22" },
    {
      url: "https://learn.microsoft.com/graph/api/group-list-memberswithlicenseerrors",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["groupId"],
  replaceOn: ["groupId"],
  listId: ({ groupId }) => groupId,
  annotations: ["groupName", "groupDisplayName"],
  elementKeys: { licenses: ["sku"] },

  uniqueKey: ({ groupName }) => groupName?.toLowerCase(),

  async read(context, { id, isFresh }) {
    const group = await context.service.graph.tryGetOneOf<GraphGroup>(LISTED_GROUPS, id, {
      isFresh,
    });
    if (group === undefined) return undefined;
    return {
      id,
      inputs: {
        groupId: id,
        groupName: group.mailNickname,
        groupDisplayName: group.displayName,
        licenses: await fromAssigned(context, group.assignedLicenses),
      },
      outputs: {},
    };
  },

  async reconcile(context, { wanted, observed }) {
    const { groupId, licenses } = wanted;
    const [group, change] = await Promise.all([
      fetchGroup(context, groupId, { justCreated: true }),
      toChange(context, licenseDifference(observed?.inputs.licenses, licenses)),
    ]);
    const open = stillOpen(change, group?.assignedLicenses ?? []);
    if (open !== undefined) await assign(context, groupId, open);
    context.created(groupId);
    const isSeen = (present: readonly AssignedLicense[]): boolean =>
      stillOpen(change, present) === undefined;
    await waitUntilProcessed(context, groupId, { label: wanted, isSeen });
    if (licenses.length > 0) await demandNoErrors(context, { id: groupId, name: nameOf(wanted) });
    return { id: groupId, outputs: {} };
  },

  async remove(context, { id, previous }) {
    const group = await fetchGroup(context, id);
    if (group === undefined) return;
    const present = await fromAssigned(context, group.assignedLicenses);
    const declared = new Set(previous.licenses.map(({ sku }) => sku));
    const ours = present.filter(({ sku }) => declared.has(sku));
    const removeLicenses = (await toAssigned(context, ours)).map(({ skuId }) => skuId);
    if (removeLicenses.length === 0) return;
    await assign(context, id, { addLicenses: [], removeLicenses });
    const isSeen = (left: readonly AssignedLicense[]): boolean =>
      !left.some(({ skuId }) => removeLicenses.includes(skuId));
    await waitUntilProcessed(context, id, { label: previous, isSeen });
  },

  describe(change) {
    const { before, after } = change;
    const name =
      text(after, "groupDisplayName") ||
      text(before, "groupDisplayName") ||
      text(after, "groupName") ||
      text(before, "groupName");
    return describeLicenses(change, {
      nl: `Iedereen in de groep ${name}`,
      en: `Everybody in the group ${name}`,
      by: { nl: "de groepslicentie", en: "the group licence" },
      affected: [name],
    });
  },
});

interface Label {
  readonly groupName: string;
  readonly groupDisplayName?: string | undefined;
}

const nameOf = ({ groupName, groupDisplayName }: Label): string => groupDisplayName ?? groupName;

async function assign(
  context: ResourceContext,
  groupId: string,
  change: LicenseChange,
): Promise<void> {
  const find = async (): Promise<GraphGroup | undefined> => {
    const group = await fetchGroup(context, groupId);
    return stillOpen(change, group?.assignedLicenses ?? []) === undefined ? group : undefined;
  };
  const path = odata`/groups/${groupId}/assignLicense`;
  const options = { find, ...settling(change), justCreated: true };
  await context.service.graph.post(path, change, options);
}

/**
 * The service answers 202 and works on; without any licence there is nothing to wait for. A replica that is behind
 * shows the group as it was, with its processing complete: only with the licences as they are to be does that count.
 */
async function waitUntilProcessed(
  context: ResourceContext,
  groupId: string,
  wait: { label: Label; isSeen: (present: readonly AssignedLicense[]) => boolean },
): Promise<void> {
  await context.service.waitUntil(
    async () => {
      const group = await fetchGroup(context, groupId, { justCreated: true });
      const state = group?.licenseProcessingState?.state ?? "ProcessingComplete";
      const isSeen = group === undefined || wait.isSeen(group.assignedLicenses);
      return isSeen && state === "ProcessingComplete" ? true : undefined;
    },
    {
      what: `the licences of ${nameOf(wait.label)} to reach its members`,
      deadlineMs: PROCESSING_DEADLINE_MS,
      signal: context.signal,
    },
  );
}
