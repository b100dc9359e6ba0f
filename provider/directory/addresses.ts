/**
 * Who has which mail address: people and groups share one name space, in which aliases count too.
 * @see https://learn.microsoft.com/graph/aad-advanced-queries (proxyAddresses: eq needs no advanced query; checked 2026-11-27)
 */
import { odata } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";

interface Holder {
  readonly id: string;
  readonly proxyAddresses: readonly string[];
}

/** Conditions that one filter of the directory may join. */
const MOST_CONDITIONS = 15;

/**
 * Ids of those who have these addresses, as the resources of people and groups have them.
 * @param addresses in lower case
 */
export async function findAddressHolders(
  { service }: Pick<ResourceContext, "service">,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const chunks = Array.from({ length: Math.ceil(addresses.length / MOST_CONDITIONS) }, (_, at) =>
    addresses.slice(at * MOST_CONDITIONS, (at + 1) * MOST_CONDITIONS),
  );
  const found = await Promise.all(
    chunks.flatMap((chunk) =>
      (["users", "groups"] as const).map(async (collection) => {
        const conditions = chunk.map(
          (address) => odata`proxyAddresses/any(p:p eq '${`smtp:${address}`}')`,
        );
        const filter = conditions.join(" or ");
        const path = `/${collection}?$filter=${filter}&$select=id,proxyAddresses`;
        const holders = await service.graph.all<Holder>(path);
        return holders.flatMap(({ id, proxyAddresses }) =>
          proxyAddresses.map(
            (address) =>
              [address.toLowerCase().replace(/^smtp:/, ""), `/${collection}/${id}`] as const,
          ),
        );
      }),
    ),
  );
  return new Map(found.flat());
}

/** The domain in which a new Microsoft 365 group gets its address. */
export async function defaultDomain({
  service,
}: Pick<ResourceContext, "service">): Promise<string | undefined> {
  const domains = await service.graph.all<{ readonly id: string; readonly isDefault: boolean }>(
    "/domains?$select=id,isDefault",
  );
  return domains.find(({ isDefault }) => isDefault)?.id.toLowerCase();
}
