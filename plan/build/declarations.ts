/** What the tenant file and the program say beyond what the engine's events tell. Plain values. */
import type { Change, ChangeOptions, Describe, ObjectRef, Plan } from "../model/model.ts";
import type { Grain } from "../model/grain.ts";
import type { Releases } from "./releases.ts";
import type { GuardFacts } from "../guards/findings.ts";
import type { LegacySignIns } from "../guards/legacy-sign-in.ts";
import type { LicenseNeeds } from "../guards/shared-people.ts";
import type { SiteLimits } from "../guards/site-limits.ts";

/** Options that the engine's events leave out; whoever runs the program knows them. */
export type DeclaredOptions = Partial<
  Pick<ChangeOptions, "deleteBeforeReplace" | "deletedWith" | "ignoreChanges" | "aliases">
>;

/** Maps are by `resourceKey`. */
export interface Declarations {
  readonly options: ReadonlyMap<string, DeclaredOptions>;
  /** Names of the people whose ids a property holds, by property. */
  readonly people: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;
  /** Rules that the file proposes, and those that were applied last; null: nothing was applied yet. */
  readonly rules: Plan["rules"];
  readonly releases: Releases;
  /** What was read of objects of which something becomes managed, by URN: the base that the state does not have. */
  readonly found: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** What is taken over by its name, by URN: its id and what it has of what is declared. */
  readonly adopted: ReadonlyMap<
    string,
    { readonly id: string; readonly inputs: Readonly<Record<string, unknown>> }
  >;
  /** What the file says of the recycle bins, by `resourceKey` of what it declares. */
  readonly recycleBin: ReadonlyMap<string, NonNullable<Change["recycleBin"]>>;
  /** Why the file has people blocked, by `resourceKey`. */
  readonly blockReasons: ReadonlyMap<string, string>;
  /** What lies in a recycle bin under the name of what is created, by its URN, with the day until which; none unread. */
  readonly deleted: ReadonlyMap<string, string>;
  /** What the tenant allows its sites; undefined where nobody looked. */
  readonly siteLimits: SiteLimits | undefined;
  /** Who signed in by old programs; undefined where nobody looked. */
  readonly legacySignIns: LegacySignIns | undefined;
  /** What keeps mailboxes from doing without a licence; undefined where nobody looked. */
  readonly licenseNeeds: LicenseNeeds | undefined;
  /** Sections that the file leaves out. */
  readonly unmanaged: readonly ObjectRef[];
  readonly guards: GuardFacts;
}

/** What the resources say about themselves. */
export interface Catalogue {
  readonly grain: Grain;
  readonly describe: Describe;
  /**
   * Per type token the inputs that may be unknown before apply because the service assigns them, as paths
   * with `[*]` for any index: `{ "m365:directory:GroupMembership": ["groupId", "memberIds[*]"] }`.
   */
  readonly serviceAssigned: Readonly<Record<string, readonly string[]>>;
}
