/** How the sections `remove`, `release` and `accepted` name an object: by the key of its kind. */
import type { ObjectKind } from "../../core/nouns.ts";
import { groupName } from "./group-name.ts";
import { siteUrl } from "./sites.ts";
import { domainName, emailAddress, userPrincipalName } from "./values.ts";

export const objectNames = {
  user: userPrincipalName.exactOptional(),
  guest: emailAddress.exactOptional(),
  group: groupName.exactOptional(),
  mailbox: emailAddress.exactOptional(),
  site: siteUrl.exactOptional(),
  domain: domainName.exactOptional(),
} as const satisfies Record<ObjectKind, unknown>;
