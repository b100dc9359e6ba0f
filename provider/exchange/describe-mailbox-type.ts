/** What it means to the customer that somebody's mailbox becomes a shared one. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { textOf } from "./describe-mail.ts";

export function describeMailboxType(change: DescribedChange): Description {
  const name = textOf(change, "displayName") || textOf(change, "userPrincipalName");
  const { operation, after } = change;
  const base = { section: "people" as const, affected: [name] };
  if (operation === "adopt" || operation === "delete") {
    const isManaged = operation === "adopt";
    return {
      ...{ ...base, severity: "routine" },
      nl: `${name}: de mailbox blijft zoals die is; of het een gedeelde is, wordt voortaan ${isManaged ? "hier" : "niet meer"} beheerd`,
      en: `${name}: the mailbox stays as it is; whether it is a shared one is ${isManaged ? "managed here" : "no longer managed"} from now on`,
    };
  }
  if (!change.changedPaths.includes("type") && operation === "update") {
    return {
      ...{ ...base, severity: "routine" },
      nl: `${name}: de mailbox blijft een gedeelde mailbox, en heeft ${after?.withoutLicense === true ? "geen" : "een"} licentie`,
      en: `${name}: the mailbox stays a shared one, ${after?.withoutLicense === true ? "without" : "with"} a licence`,
    };
  }
  return {
    ...{ ...base, severity: "sensitive" },
    nl: `${name}: de mailbox wordt een gedeelde mailbox; alle mail blijft, en wie toegang heeft opent die met het eigen account`,
    en: `${name}: the mailbox becomes a shared one; all mail stays, and whoever has access opens it with their own account`,
  };
}
