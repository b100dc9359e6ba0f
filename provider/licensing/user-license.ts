/**
 * The licences that one person holds directly; those that come through a group are left alone.
 * @see https://learn.microsoft.com/graph/api/user-assignlicense (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { isRequestError, odata } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { ResourceContext } from "../kit/define.ts";
import { LISTED_USERS } from "../directory/listed.ts";
import { describeLicenses } from "./describe-licenses.ts";
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
import { RefusedError } from "../kit/refusal.ts";
import { turnOf } from "./person-turns.ts";
import { NO_LICENSES_LEFT, withSeats } from "./seats.ts";
import { address } from "../kit/zod-shapes.ts";

const inputs = z.strictObject({
  userId: z.string().min(1).describe("Object id of the user."),
  userPrincipalName: address,
  displayName: z.string().optional().describe("What people call the user."),
  licenses: licenseSet.describe("Everything that is assigned to the user directly."),
});

const outputs = z.object({});

interface GraphUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly usageLocation: string | null;
  readonly assignedLicenses: readonly AssignedLicense[];
  readonly licenseAssignmentStates: readonly {
    readonly skuId: string;
    readonly assignedByGroup: string | null;
    readonly disabledPlans: readonly string[];
  }[];
}

const SELECT =
  "$select=id,userPrincipalName,displayName,usageLocation,assignedLicenses,licenseAssignmentStates";

const fetchUser = (
  context: ResourceContext,
  userId: string,
  options: { justCreated?: boolean } = {},
): Promise<GraphUser | undefined> =>
  context.service.graph.tryGet<GraphUser>(`${odata`/users/${userId}`}?${SELECT}`, options);

/** `assignedLicenses` mixes both ways; only the states tell a direct licence from a group's. */
const directLicenses = (user: GraphUser): AssignedLicense[] =>
  user.licenseAssignmentStates
    .filter(({ assignedByGroup }) => assignedByGroup === null)
    .map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans }));

export const userLicense = defineResource({
  token: "m365:licensing:UserLicense",
  summary: "The licences that one person holds directly.",
  inputs,
  outputs,
  permissions: {
    read: ["User.Read.All", "Organization.Read.All"],
    write: ["LicenseAssignment.ReadWrite.All"],
  },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/user-assignlicense", checked: "2026-11-22" },
    {
      url: "https://learn.microsoft.com/graph/api/resources/licenseassignmentstate",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["userId"],
  replaceOn: ["userId"],
  listId: ({ userId }) => userId,
  annotations: ["userPrincipalName", "displayName"],
  elementKeys: { licenses: ["sku"] },

  uniqueKey: ({ userPrincipalName }) => userPrincipalName?.toLowerCase(),

  async read(context, { id, isFresh }) {
    const user = await context.service.graph.tryGetOneOf<GraphUser>(LISTED_USERS, id, { isFresh });
    if (user === undefined) return undefined;
    return {
      id,
      inputs: {
        userId: id,
        userPrincipalName: user.userPrincipalName.toLowerCase(),
        ...(user.displayName === null ? {} : { displayName: user.displayName }),
        licenses: await fromAssigned(context, directLicenses(user)),
      },
      outputs: {},
    };
  },

  async reconcile(context, { wanted, observed }) {
    const { userId, licenses } = wanted;
    const difference = licenseDifference(observed?.inputs.licenses, licenses);
    const change = await toChange(context, difference);
    const taker = {
      id: userId,
      takes: difference.added.map(({ sku }) => sku),
      gives: difference.removed.map(({ sku }) => sku),
    };
    await withSeats(context, taker, () => give(context, wanted, change));
    return { id: userId, outputs: {} };
  },

  async remove(context, { id, previous }) {
    await turnOf(context.service, id).take(async (written) => {
      const user = await fetchUser(context, id);
      if (user === undefined) return;
      const present = await fromAssigned(context, written.appliedTo(directLicenses(user)));
      const declared = new Set(previous.licenses.map(({ sku }) => sku));
      const ours = present.filter(({ sku }) => declared.has(sku));
      const removeLicenses = (await toAssigned(context, ours)).map(({ skuId }) => skuId);
      if (removeLicenses.length === 0) return;
      const who = { userId: id, userPrincipalName: previous.userPrincipalName };
      await assign(context, who, { addLicenses: [], removeLicenses });
    });
  },

  describe(change) {
    const { before, after } = change;
    const name =
      text(after, "displayName") ||
      text(before, "displayName") ||
      text(after, "userPrincipalName") ||
      text(before, "userPrincipalName");
    return describeLicenses(change, {
      nl: name,
      en: name,
      by: { nl: "de eigen licentie", en: "the direct licence" },
      affected: [name],
    });
  },
});

/** Writes what of the change is not there yet, and was not written a moment ago for somebody who needed the licence. */
async function give(
  context: ResourceContext,
  wanted: z.output<typeof inputs>,
  change: LicenseChange,
): Promise<void> {
  const { userId, userPrincipalName } = wanted;
  await turnOf(context.service, userId).take(async (written) => {
    const user = await fetchUser(context, userId, { justCreated: true });
    const present = user === undefined ? [] : directLicenses(user);
    const open = stillOpen(change, written.appliedTo(present));
    if (open === undefined) return;
    if (open.addLicenses.length > 0 && (user?.usageLocation ?? "") === "") {
      throw usageLocationMissing(userPrincipalName);
    }
    await assign(context, { userId, userPrincipalName }, open);
    if (context.ahead !== undefined) written.add(open);
  });
}

async function assign(
  context: ResourceContext,
  who: { readonly userId: string; readonly userPrincipalName: string },
  change: LicenseChange,
): Promise<void> {
  const find = async (): Promise<GraphUser | undefined> => {
    const user = await fetchUser(context, who.userId);
    if (user === undefined) return undefined;
    return stillOpen(change, directLicenses(user)) === undefined ? user : undefined;
  };
  try {
    await context.service.graph.post(odata`/users/${who.userId}/assignLicense`, change, {
      find,
      ...settling(change),
      justCreated: true,
    });
  } catch (error) {
    if (!isRequestError(error)) throw error;
    throw asRefusal(error.serviceMessage ?? "", who.userPrincipalName, error) ?? error;
  }
}

/** Turns what Graph says into what has to be done about it; undefined for anything else. */
function asRefusal(
  serviceMessage: string,
  userPrincipalName: string,
  cause: Error,
): RefusedError | undefined {
  if (/usage location/i.test(serviceMessage)) return usageLocationMissing(userPrincipalName, cause);
  if (/does not have any available licenses/i.test(serviceMessage)) {
    return new RefusedError({
      code: NO_LICENSES_LEFT,
      message: `No licence left for ${userPrincipalName}`,
      hint: "Order another licence from the licence partner, or take one from somebody else in the same change.",
      cause,
    });
  }
  return undefined;
}

const usageLocationMissing = (userPrincipalName: string, cause?: Error): RefusedError =>
  new RefusedError({
    code: "usage-location-missing",
    message: `${userPrincipalName} has no usage location, so Microsoft cannot assign a licence`,
    hint: "Set usageLocation of the user to the two-letter country where the user works.",
    cause,
  });
