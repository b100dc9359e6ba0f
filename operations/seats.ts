/** What is invoiced by the piece: licences that were bought, and seats that are managed, as the tenant files have them. */
import { levelOf } from "../core/service-level.ts";
import { licensedPeople, loadTenant } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { OperationContext } from "./ports.ts";
import { foldersWithTenantFile } from "./validate.ts";

/** Of a kind and what it is: a product's part number, or a service level. */
export interface SeatCount {
  readonly kind: "license" | "person" | "device";
  readonly what: string;
  readonly count: number;
}

export interface ManagedSeats {
  /** No kind and level of which there is none. */
  readonly counts: readonly SeatCount[];
  /** Who holds a licence and has no seat: user principal names, sorted. */
  readonly without: readonly string[];
}

/** Undefined where the file does not say which seats are managed. */
export function managedSeats(tenant: Tenant): ManagedSeats | undefined {
  const { seats, serviceLevel } = tenant.contract;
  if (seats === undefined) return undefined;
  const named = new Set(seats.flatMap(({ user }) => user ?? []));
  const groups = Map.groupBy(seats, ({ user, serviceLevel: own = serviceLevel }) =>
    [user === undefined ? "device" : "person", levelOf(own)].join(" "),
  );
  return {
    counts: [...groups.entries()].sort().map(([key, all]) => {
      const [kind, what = ""] = key.split(" ");
      return { kind: kind === "device" ? "device" : "person", what, count: all.length };
    }),
    without: [...licensedPeople(tenant)].filter((name) => !named.has(name)).sort(),
  };
}

/**
 * One file that is not valid refuses all: a list for invoices that lacks a customer is not seen to lack it.
 * @param request.tenant all where none is named
 * @throws ExpectedError of a file that cannot be read
 */
export async function seatCounts(
  { workspace: { stacksDirectory } }: Pick<OperationContext, "workspace">,
  { tenant }: { readonly tenant: string | undefined },
): Promise<readonly (SeatCount & { readonly stack: string })[]> {
  const all: (SeatCount & { readonly stack: string })[] = [];
  for (const stack of tenant === undefined ? foldersWithTenantFile(stacksDirectory) : [tenant]) {
    const file = await loadTenant({ stacksDirectory, tenant: stack });
    const licenses = (file.subscriptions ?? []).map(({ sku, count }) => ({
      ...{ kind: "license" as const, what: sku, count },
    }));
    const seats = [...licenses, ...(managedSeats(file)?.counts ?? [])];
    all.push(...seats.map((one) => ({ stack, ...one })));
  }
  return all;
}
