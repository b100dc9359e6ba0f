/** What it means to the customer that somebody's mailbox becomes a shared one. */
import type { Language } from "../../core/language.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { textOf } from "./describe-mail.ts";

const BECOMES = {
  shared: {
    nl: "de mailbox wordt een gedeelde mailbox, waarin alle mail blijft staan en die iedereen met toegang met het eigen account opent",
    en: "the mailbox becomes a shared one, in which all mail stays and which everybody with access opens with their own account",
  },
  /** As somebody set it by hand. */
  regular: {
    nl: "de mailbox wordt weer een eigen mailbox van deze persoon, met een licentie",
    en: "the mailbox becomes the person's own again, with a licence",
  },
} as const;

const LICENSE = {
  none: { nl: "de mailbox heeft geen licentie meer", en: "the mailbox has no licence any more" },
  kept: { nl: "de mailbox houdt een licentie", en: "the mailbox keeps a licence" },
} as const;

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
  const isConverted = operation !== "update" || change.changedPaths.includes("type");
  const isOfLicense = operation === "update" && change.changedPaths.includes("withoutLicense");
  const words = [
    ...(isConverted ? [after?.type === "shared" ? BECOMES.shared : BECOMES.regular] : []),
    ...(isOfLicense ? [after?.withoutLicense === true ? LICENSE.none : LICENSE.kept] : []),
  ];
  const said = (language: Language): string =>
    `${name}: ${words.map((word) => word[language]).join("; ")}`;
  const severity = isConverted ? ("sensitive" as const) : ("routine" as const);
  return { ...base, severity, nl: said("nl"), en: said("en") };
}
