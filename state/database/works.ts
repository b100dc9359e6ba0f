/** Everything that can be asked of the database, by name: what crosses to the worker thread is a name and its input. */
import { intentWork } from "../intents/table.ts";
import { leaseWork } from "../leases/table.ts";
import { messageWork } from "../mail/table.ts";
import { recordWork } from "../record/record-values.ts";
import { onceWork } from "../remote/once.ts";
import { sessionWork } from "../sessions/table.ts";
import { historyWork } from "../stacks/history.ts";
import { stackWork } from "../stacks/stacks.ts";
import { updateWork } from "../stacks/updates.ts";
import type { Work } from "./port.ts";

/** What a workspace asks for, whose database may be a server's: remote/messages.ts has each of them. */
const workspaceWorks = {
  ...stackWork,
  ...updateWork,
  ...historyWork,
  ...intentWork,
  ...leaseWork,
  ...recordWork,
} satisfies Record<string, Work<never, unknown>>;

const works = {
  ...workspaceWorks,
  ...onceWork(workspaceWorks),
  ...sessionWork,
  ...messageWork,
} satisfies Record<string, Work<never, unknown>>;

type Works = typeof works;
type WorkName = keyof Works;
export type WorkspaceWorkName = keyof typeof workspaceWorks;
export type InputOf<Name extends WorkName> = Parameters<Works[Name]["run"]>[1];
export type OutputOf<Name extends WorkName> = Awaited<ReturnType<Works[Name]["run"]>>;

export interface Transactions {
  /** One transaction. @throws ExpectedError for what the disk, the other processes or the locks do not allow */
  run<Name extends WorkName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
}

/** The one database behind state, record, plans and locks. */
export interface StateDatabase extends Transactions {
  /** Waits for what was asked before. */
  close(): Promise<void>;
}

/** One piece of work whose input is known to fit its name. */
export interface Order {
  readonly name: WorkName;
  readonly input: unknown;
}

/** Input and name were put together by `run` of a StateDatabase, which checks that they fit. */
export const workOf = ({ name }: Order): Work<unknown, unknown> => works[name];
