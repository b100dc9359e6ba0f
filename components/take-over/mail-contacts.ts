/** The inverse of mail-contacts.ts: contacts that exist, where the file can say who they are. */
import { domainOfAddress } from "../../core/mail-address.ts";
import type { Inventory } from "../../provider/index.ts";
import { mailContactEntry } from "../../tenant-file/index.ts";
import type { MailContactEntry } from "../../tenant-file/index.ts";
import { fitting } from "./fitting.ts";
import type { LeftAlone } from "./people.ts";

export function draftMailContacts({ mail, tenant }: Inventory): {
  /** Sorted by mail address. */
  readonly contacts: readonly MailContactEntry[];
  readonly left: readonly LeftAlone[];
} {
  const own = new Set([tenant.initialDomain, ...tenant.domains]);
  const judged = (mail?.contacts ?? []).map(({ id, inputs }) => {
    const { email, displayName, hideFromAddressLists } = inputs;
    const { kept, dropped } = fitting(mailContactEntry, {
      ...{ email, displayName },
      hideFromAddressLists: hideFromAddressLists ? true : undefined,
    });
    const reason = own.has(domainOfAddress(email))
      ? "an address of the tenant itself"
      : dropped.length > 0
        ? "the address or name has characters that a tenant file does not take"
        : undefined;
    return { id, name: email, entry: kept as unknown as MailContactEntry, reason };
  });
  return {
    contacts: judged
      .filter(({ reason }) => reason === undefined)
      .map(({ entry }) => entry)
      .sort((one, other) => (one.email < other.email ? -1 : 1)),
    left: judged.flatMap(({ id, name, reason }) =>
      reason === undefined ? [] : [{ kind: "contact" as const, name, id, reason }],
    ),
  };
}
