/**
 * Aliases among the addresses of a recipient. The primary address (`SMTP:`), those of other kinds (SIP, X500, SPO) and
 * those of domains that the tenant file does not list, Microsoft's own among them, are left alone.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox (cited, not read)
 */
import { z } from "zod";
import { domainOfAddress } from "../../core/mail-address.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address, domain, setOf } from "../kit/zod-shapes.ts";
import { listChange, says } from "./recipients.ts";

/** Inputs of everything that has aliases. */
export const aliasInputs = {
  domains: z.array(domain).describe("Domains of the tenant in which aliases are managed."),
  aliases: setOf(address).optional().describe("Addresses besides the primary one."),
};

/** `domains` says where to look, and is nothing that Exchange has. */
export const ALIAS_ANNOTATIONS = ["domains", "domains[*]"] as const;

interface WithAliases {
  readonly domains?: readonly string[] | undefined;
  readonly aliases?: readonly string[] | undefined;
}

const ALIAS = "smtp:";

export const aliasesIn = (addresses: readonly string[]): string[] =>
  addresses
    .filter((one) => one.startsWith(ALIAS))
    .map((one) => one.slice(ALIAS.length).toLowerCase())
    .sort();

/** Of the aliases that are there, those that the declaration is about. */
export const managedAliases = <T extends WithAliases>(found: T, declared: WithAliases): T => {
  if (found.aliases === undefined) return found;
  const domains = new Set(declared.domains);
  const isManaged = (alias: string): boolean =>
    domains.has(domainOfAddress(alias)) || declared.aliases?.includes(alias) === true;
  return { ...found, aliases: found.aliases.filter(isManaged) };
};

/** The parameter that writes the difference; none where there is none. */
export function aliasParameters(
  wanted: readonly string[] | undefined,
  found: { readonly present: readonly string[]; readonly isManaged: boolean },
): Readonly<Record<string, unknown>> {
  if (wanted === undefined) return {};
  const add = wanted.filter((alias) => !found.present.includes(alias));
  // What was there before anybody managed it was not approved to go.
  const remove = found.isManaged ? found.present.filter((alias) => !wanted.includes(alias)) : [];
  if (add.length + remove.length === 0) return {};
  const written = (aliases: readonly string[]): string[] => aliases.map((one) => `${ALIAS}${one}`);
  return { EmailAddresses: listChange({ add: written(add), remove: written(remove) }) };
}

/** What Exchange refuses because somebody else has the address; undefined for anything else. */
export function addressTaken(error: unknown, name: string): RefusedError | undefined {
  if (!says(error, /ProxyAddressExists/)) return undefined;
  return new RefusedError({
    code: "address-taken",
    message: `${name} cannot have one of the aliases: somebody or something else in the tenant has the address`,
    hint: "Find out who has it in the Exchange admin center; take it away there, or choose another alias.",
    cause: error,
  });
}
