/** Under which id the tenant has what a tenant file declares, for a take-over: identity is the id, never a display name. */
import { definitionOf } from "./catalogue.ts";
import type { Inventory } from "./inventory.ts";
import { RefusedError } from "./kit/refusal.ts";
import type { Properties } from "./kit/values.ts";
import { group } from "./azuread/groups/group.ts";
import {
  assignmentPath,
  directoryRoleAssignment,
} from "./azuread/roles/directory-role-assignment.ts";
import { user } from "./azuread/users/user.ts";
import { policy } from "./backup/backup-policy.ts";
import { domain } from "./directory/domain.ts";
import { recordSet, recordSetId } from "./dns/record-set.ts";
import { guest } from "./directory/guest.ts";
import { tenant } from "./directory/tenant.ts";
import { distributionGroup } from "./exchange/distribution-group.ts";
import { mailContact } from "./exchange/mail-contact.ts";
import { sharedMailbox } from "./exchange/shared-mailbox.ts";
import { subscription } from "./licensing/subscription.ts";
import { site } from "./sharepoint/site.ts";

/**
 * @param backupJob id of the job at the backup vendor
 * @throws RefusedError `not-in-tenant` for what the inventory does not have, or has more than once
 */
export function adoptionBy(
  inventory: Inventory,
  backupJob?: string,
): (type: string, inputs: Properties) => string {
  const people = byKey(
    inventory.people.map(({ id, inputs }) => [inputs.userPrincipalName, `/users/${id}`]),
  );
  const guests = byKey(
    inventory.guests.map(({ id, inputs }) => [inputs.email ?? "", `/users/${id}`]),
  );
  const groups = byKey(
    inventory.groups.map(({ id, inputs }) => [inputs.mailNickname ?? "", `/groups/${id}`]),
  );
  const mailboxes = byKey(
    [...(inventory.mail?.mailboxes ?? [])].map(([id, { address }]) => [address, `/users/${id}`]),
  );
  const only = (found: readonly string[] | undefined): string | undefined =>
    found?.length === 1 ? found[0] : undefined;
  const idOf: Readonly<Record<string, (inputs: Properties) => unknown>> = {
    [tenant.token]: ({ tenantId }) => tenantId,
    [domain.token]: ({ name }) => inventory.tenant.domains.find((one) => one === name),
    [user.token]: ({ userPrincipalName }) => only(people.get(String(userPrincipalName))),
    [guest.token]: ({ email }) => only(guests.get(String(email))),
    [group.token]: ({ mailNickname }) => only(groups.get(String(mailNickname))),
    [distributionGroup.token]: ({ mailNickname }) => only(groups.get(String(mailNickname))),
    [sharedMailbox.token]: ({ address }) => only(mailboxes.get(String(address))),
    [mailContact.token]: ({ email }) =>
      only(
        inventory.mail?.contacts.filter(({ inputs }) => inputs.email === email).map(({ id }) => id),
      ),
    [site.token]: ({ url }) => url,
    [policy.token]: () => backupJob,
    // What does not stand in the zone is found to be missing when it is read.
    [recordSet.token]: (inputs) => recordSetId(recordSet.inputs.parse(inputs)),
    [directoryRoleAssignment.token]: ({ principalObjectId, roleId }) =>
      assignmentPath(
        inventory.roles
          ?.find(({ templateId }) => templateId === roleId)
          ?.assignments?.get(String(principalObjectId)),
      ),
    [subscription.token]: ({ sku }) => inventory.products.find((one) => one.sku === sku)?.id,
  };
  return (type, inputs) => {
    const id = (idOf[type] ?? definitionOf(type)?.listId)?.(inputs);
    if (typeof id === "string") return id;
    const name = definitionOf(type)?.uniqueKey?.(inputs) ?? type;
    throw new RefusedError({
      code: "not-in-tenant",
      message: `The tenant does not have exactly one ${name} that could be taken over`,
      hint: "Take it out of the tenant file and import again; declare it afterwards, with a plan.",
    });
  };
}

const byKey = (pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string[]> =>
  new Map(
    [...Map.groupBy(pairs, ([key]) => key.toLowerCase())].map(([key, found]) => [
      key,
      found.map(([, id]) => id),
    ]),
  );
