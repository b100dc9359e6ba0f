/**
 * Get-DkimSigningConfig: where the two keys of a domain lie, and whether mail is signed with them.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/get-dkimsigningconfig (checked 2026-11-27)
 */
import { dnsHosts } from "../entities/domain.ts";
import { domains } from "../entities/collections.ts";
import type { Cmdlet } from "./cmdlet.ts";
import { objectNotFound } from "./errors.ts";

export const dkimCmdlets: readonly Cmdlet[] = [
  {
    name: "Get-DkimSigningConfig",
    parameters: ["Identity"],
    run: ({ call, parameters }) => {
      const wanted = parameters.text("Identity")?.toLowerCase();
      const found = call.store
        .list(domains)
        .map(({ object }) => object)
        .filter(
          ({ id, isVerified }) => isVerified === true && (wanted === undefined || id === wanted),
        )
        .map(({ id, isInitial }) => {
          const [selector1, selector2] = dnsHosts(call, id).selectors;
          return {
            Identity: id,
            Name: id,
            Domain: id,
            Enabled: isInitial === true,
            Status: isInitial === true ? "Valid" : "CnameMissing",
            Selector1CNAME: selector1,
            Selector2CNAME: selector2,
            Selector1KeySize: 2048,
            Selector2KeySize: 2048,
          };
        });
      if (wanted !== undefined && found.length === 0) throw objectNotFound(wanted);
      return found;
    },
  },
];
