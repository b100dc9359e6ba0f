/** Telling the database of a creation before its request leaves, many at a time, since each disk write takes a while. */
import type { Transactions } from "../database/works.ts";
import type { Fence } from "../leases/table.ts";

export interface Intents {
  /**
   * Durable once it resolves.
   * @returns when an earlier run that died began this creation, by the database's clock; undefined for a new one
   * @throws ExpectedError `lease-lost`
   */
  begin(urn: string): Promise<Date | undefined>;
  /** URNs of what an earlier run began to create and nobody has settled. */
  begun(): Promise<ReadonlySet<string>>;
  /** The service refused it: nothing was made. @throws ExpectedError `lease-lost` */
  withdraw(urn: string): Promise<void>;
}

/** What is begun while a transaction is under way goes into the next one together. */
export function creationIntents(
  database: Transactions,
  place: { readonly stack: string; readonly fence: Fence },
): Intents {
  let gathering: { readonly urns: string[]; readonly written: Promise<Written> } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const gather = (): NonNullable<typeof gathering> => {
    const urns: string[] = [];
    const written = last.then(() => {
      gathering = undefined;
      return database.run("beginCreations", { ...place, urns });
    });
    last = written.catch(() => undefined);
    return { urns, written };
  };

  return {
    begin: async (urn) => {
      gathering ??= gather();
      gathering.urns.push(urn);
      return (await gathering.written).get(urn);
    },
    begun: async () => new Set(await database.run("openCreations", place.stack)),
    withdraw: (urn) => database.run("withdrawCreation", { ...place, urn }),
  };
}

type Written = ReadonlyMap<string, Date>;
