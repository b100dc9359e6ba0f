/** What the routes of the state service share. */
import type { Transactions } from "../database/works.ts";
import type { Fence, LeaseOwner } from "../leases/table.ts";

export interface ServiceContext {
  readonly database: Transactions;
  readonly accessToken: string;
  readonly owner: LeaseOwner;
  readonly fence: () => Fence | undefined;
  /** Stacks by id of the updates that were begun here and have not ended. */
  readonly begun: Map<string, string>;
  readonly cancel: (stack: string, id: string) => Promise<void>;
}
