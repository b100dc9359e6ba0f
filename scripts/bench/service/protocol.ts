/** What the processes of this benchmark tell each other. */
import type { Endpoints } from "../../../services/index.ts";

export const CLIENT_ID = "7e4a47e0-0000-4000-8000-00000000cccc";
export const CLIENT_SECRET = "only-for-benchmarks";

export const KINDS = ["subscription", "users", "groups", "licenses", "memberships"] as const;
export type Kind = (typeof KINDS)[number];

/** First message of the emulator's process. */
export interface EmulatorReady {
  readonly endpoints: Endpoints;
  readonly certificateAuthorityPem: string;
  readonly tenantId: string;
  /** Certificate and key of the application, which SharePoint asks for. */
  readonly applicationPem: string;
}

/** Its answer to any message, after which it ends. */
export interface EmulatorEnd {
  /** Largest resident memory of its life. */
  readonly peakMemoryMb: number;
}

/** To the client's process, as JSON in the environment variable `SERVICE`. */
export interface ClientOrder extends EmulatorReady {
  readonly people: number;
  /** Resources at the same time; left out, as many as their dependencies allow. */
  readonly parallel?: number;
  /** One resource after the other, kind by kind, each of its requests alone. */
  readonly oneByOne: boolean;
}

/** What applying or reading took. */
export interface Cost {
  /** On the wire; a batch is one. */
  readonly requests: number;
  /** Calls that change something, however they travelled. */
  readonly writes: number;
  /** Answers 429, also within a batch. */
  readonly throttled: number;
  readonly seconds: number;
}

/** What the client's process prints. */
export interface ClientResult {
  readonly apply: Cost;
  /** By the client that has just applied: what it wrote it reads object by object. */
  readonly readBack: Cost;
  /** By a client that has written nothing. */
  readonly read: Cost;
  /** As a status reads: relations by delta queries, from the beginning, and then what changed since. */
  readonly firstLook: Cost;
  readonly secondLook: Cost;
  /** By kind; only where it went one by one. */
  readonly byKind?: Readonly<Record<Kind, { readonly apply: Cost; readonly read: Cost }>>;
  readonly peakMemoryMb: number;
}

/** What the process prints that reads a company as a whole. */
export interface ImportResult extends Omit<Cost, "writes"> {
  readonly people: number;
  readonly groups: number;
  readonly peakMemoryMb: number;
}

/** What the product's process prints. */
export interface ProductResult {
  readonly writes: number;
  /** Of the engine's run that applies, without the plans before it. */
  readonly applySeconds: number;
  readonly readBackSeconds: number;
}

/** Of this process so far, in MB of 10^6 bytes. */
export const peakMemoryMb = (): number => (process.resourceUsage().maxRSS * 1024) / 1e6;
