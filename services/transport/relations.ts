/** Who is related to whom, as it is kept between two runs: see relation-copy.ts. */

/** What is kept of relations between two runs; a lost or damaged one costs a full read, and nothing else. */
export interface RelationMemory {
  load(): Promise<KeptRelations | undefined>;
  save(kept: KeptRelations): Promise<void>;
}

/** By the query that it is about. */
export type KeptRelations = Readonly<Record<string, KeptRound>>;

export interface KeptRound {
  /** UTC; when everything was read. */
  readonly startedAt: string;
  /** Path with a token, which opens nothing to whoever may not read the directory anyway. */
  readonly link: string;
  /** Types of what is related by its id, by relation, by the id of the object; null where only its own lists say it. */
  readonly objects: Readonly<
    Record<string, Partial<Record<TrackedRelation, Record<string, string>>> | null>
  >;
}

/** Those of which a delta query tells the changes. */
export type TrackedRelation = "manager" | "members" | "owners";

export interface RelatedId {
  readonly id: string;
  /** Such as `#microsoft.graph.user`. */
  readonly type: string;
}
