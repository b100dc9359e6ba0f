import { list, quote } from "../reading/show.ts";
import { managedDomains } from "./domains.ts";
import { itemsOf, type Placed, type Rule } from "./facts.ts";

/** A tenant has one file, and a domain belongs to one tenant. */
export const tenantIsDescribedOnce: Rule = ({ tenant: file, others }) => {
  const { tenant } = file;
  const id = tenant?.id;
  const initialDomain = tenant?.initialDomain;
  const sameId = others.filter((other) => id !== undefined && other.id === id);
  const domains: Placed<string>[] = [
    ...(initialDomain === undefined
      ? []
      : [{ path: ["tenant", "initialDomain"], value: initialDomain }]),
    ...itemsOf(tenant?.domains, ["tenant", "domains"]),
    ...managedDomains(file),
  ];
  return [
    ...(id === undefined || sameId.length === 0
      ? []
      : [
          {
            path: ["tenant", "id"],
            message: `The file of ${list(sameId.map(({ name }) => name))} describes this tenant too`,
            received: quote(id),
            allowed: "one file for each tenant",
          },
        ]),
    ...domains.flatMap(({ path, value }) => {
      const owners = others.filter((other) => other.domains.includes(value));
      if (owners.length === 0) return [];
      return [
        {
          path,
          message: `The file of ${list(owners.map(({ name }) => name))} has this domain too`,
          received: quote(value),
          allowed: "each domain in one tenant",
        },
      ];
    }),
  ];
};
