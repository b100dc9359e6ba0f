/** Who and what stops when signing in without a second step is blocked: named on the page, where somebody could look. */
import type { MissingForPart } from "../../core/tenant-findings.ts";
import type { Text } from "../../core/language.ts";
import { NOUNS } from "../../core/nouns.ts";
import { nameOfUrn } from "../../core/urn.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

/** Who signed in by old programs in the last 30 days, sorted; or why that cannot be seen. */
export type LegacySignIns = (
  | { readonly found: readonly { readonly user: string; readonly clients: readonly string[] }[] }
  | { readonly needs?: MissingForPart | undefined }
) & {
  /** Addresses of mailboxes from which programs may send with a password; undefined where nobody looked. */
  readonly senders?: readonly string[] | undefined;
};

/** Key of the tenant file, which is the name of the resource. */
const BLOCK_LEGACY = "blockLegacySignIn";
const MOST_NAMED = 50;

/** Whether a plan counts or stops such sign-ins from now on. */
export const blocksLegacySignIn = ({
  type,
  urn,
  operation,
  properties,
}: Pick<Change, "type" | "urn" | "operation" | "properties">): boolean =>
  type === NOUNS.accessRule.type &&
  nameOfUrn(urn) === BLOCK_LEGACY &&
  operation !== "delete" &&
  operation !== "forget" &&
  properties.some(({ path, after }) => path === "state" && after !== "disabled");

/** One finding with one code, whatever was seen: a sign-in between two plans is no other plan. */
export function legacySignInFindings(
  changes: readonly Change[],
  seen: LegacySignIns | undefined,
): Finding[] {
  const rules = changes.filter(blocksLegacySignIn);
  if (rules.length === 0) return [];
  return [
    {
      ...bySafeguard("stops-with-legacy-sign-in", rules),
      message: withSenders(wordsFor(seen), seen?.senders ?? []),
      clearedBy: "none-needed",
    },
  ];
}

const WHERE: Text = {
  nl: "In het Microsoft Entra-beheercentrum staat het onder Aanmeldingslogboeken, met als filter de client-app",
  en: "The Microsoft Entra admin center has it under Sign-in logs, with the client app as a filter",
};

/** They stop too, and may be in no log. */
function withSenders(said: Text, senders: readonly string[]): Text {
  if (senders.length === 0) return said;
  const named = senders.slice(0, MOST_NAMED).join("; ");
  const others = senders.length - MOST_NAMED;
  return {
    nl: `${said.nl}. Ook wat met een wachtwoord (SMTP AUTH) mailt vanaf ${named}${others > 0 ? ` en ${others} andere` : ""}, stopt`,
    en: `${said.en}. What sends with a password (SMTP AUTH) from ${named}${others > 0 ? ` and ${others} others` : ""} stops too`,
  };
}

function wordsFor(seen: LegacySignIns | undefined): Text {
  if (seen === undefined) {
    return {
      nl: `Wat stopt als oude programma's worden geblokkeerd, is niet bekeken. ${WHERE.nl}`,
      en: `Nobody looked at what stops when old programs are blocked. ${WHERE.en}`,
    };
  }
  if (!("found" in seen)) return notSeen(seen.needs);
  const { found } = seen;
  if (found.length === 0) {
    return {
      nl: "In de afgelopen 30 dagen logde niemand in met een oud programma dat hierdoor stopt",
      en: "In the last 30 days nobody signed in by an old program that this stops",
    };
  }
  const named = found.slice(0, MOST_NAMED).map(({ user, clients }) => {
    return `${user} (${clients.join(", ")})`;
  });
  const others = found.length - named.length;
  return {
    nl: `Logde de afgelopen 30 dagen zo in en stopt: ${[...named, ...(others > 0 ? [`en ${String(others)} anderen`] : [])].join("; ")}`,
    en: `Signed in like this in the last 30 days, and stops: ${[...named, ...(others > 0 ? [`and ${String(others)} others`] : [])].join("; ")}`,
  };
}

function notSeen(needs: MissingForPart | undefined): Text {
  const why: Text =
    needs === undefined
      ? { nl: "", en: "" }
      : "product" in needs
        ? {
            nl: `: de tenant heeft geen ${needs.product}`,
            en: `: the tenant has no ${needs.product}`,
          }
        : {
            nl: `: de toepassing heeft het recht ${needs.permission} niet`,
            en: `: the application does not have the permission ${needs.permission}`,
          };
  return {
    nl: `Wat stopt als oude programma's worden geblokkeerd, is niet te zien${why.nl}. ${WHERE.nl}`,
    en: `What stops when old programs are blocked cannot be seen${why.en}. ${WHERE.en}`,
  };
}
