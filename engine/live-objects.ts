/** The objects of a plan as they stand in the tenant: where the plan starts, and whether they still are there. */
import type { Json } from "../core/json.ts";
import { NOUNS } from "../core/nouns.ts";
import { blocksLegacySignIn, compareWithBase, needsNoLicenseAnyMore } from "../plan/index.ts";
import type { Comparison, Declarations, RecordedInputs, Start } from "../plan/index.ts";
import {
  domainHindrances,
  findByAddress,
  findByKey,
  findDeleted,
  grain,
  listIdOf,
  readLegacySignIns,
  readSmtpSenders,
  readLicenseNeeds,
  readLive,
  readSiteLimits,
  ruleHindrances,
  seatHindrances,
} from "../provider/index.ts";
import type {
  Connection,
  DomainHindrance,
  LiveObject,
  RuleHindrance,
  SeatHindrance,
  SiteLimits,
} from "../provider/index.ts";

type Properties = LiveObject["inputs"];

/** One planned change, with the object as it is in the tenant. */
export interface ComparedChange {
  /** What people call the object. */
  readonly name: string;
  readonly comparison: Comparison;
  /** Day until which what was deleted under its name can be restored. */
  readonly deletedUntil?: string | undefined;
  readonly hindrance?: Hindrance | undefined;
}

/** What the tenant does not allow. */
type Hindrance = DomainHindrance | RuleHindrance | SeatHindrance;

/** What the engine's own reading leaves out. */
export type Besides = Pick<
  Declarations,
  "found" | "deleted" | "siteLimits" | "legacySignIns" | "licenseNeeds"
>;

export const NOTHING_READ: Besides = {
  found: new Map(),
  deleted: new Map(),
  siteLimits: undefined,
  legacySignIns: undefined,
  licenseNeeds: undefined,
};

/** What nobody has managed yet, what was deleted, and what the tenant allows. @returns bases of what has no id yet, by URN */
export async function readBesides(
  changes: readonly Start[],
  connection: Connection,
  tenant: { readonly initialDomain: string },
): Promise<{ readonly besides: Besides; readonly bases: ReadonlyMap<string, LiveObject> }> {
  const [found, deleted, siteLimits, legacySignIns, licenseNeeds] = await Promise.all([
    readBases(changes, connection),
    readRecycleBins(changes, connection),
    readSiteLimitsFor(changes, connection, tenant),
    changes.some(blocksLegacySignIn) ? readWhatStops(connection) : undefined,
    readLicenseNeedsFor(changes, connection),
  ]);
  const bases = changes.flatMap(({ urn, base }): [string, LiveObject][] => {
    const live = found.get(urn);
    return live === undefined || base.id !== undefined ? [] : [[urn, live]];
  });
  const inputs = new Map([...found].map(([urn, live]) => [urn, live.inputs]));
  return {
    besides: { found: inputs, deleted, siteLimits, legacySignIns, licenseNeeds },
    bases: new Map(bases),
  };
}

/** Who signed in by old programs, and which mailboxes programs may send from, as a scanner does once a quarter. */
async function readWhatStops(connection: Connection): Promise<Besides["legacySignIns"]> {
  const [seen, senders] = await Promise.all([
    readLegacySignIns(connection),
    readSmtpSenders(connection),
  ]);
  return { ...seen, senders };
}

/** What the tenant has of objects of which something becomes managed, by URN. */
async function readBases(
  changes: readonly Start[],
  connection: Connection,
): Promise<ReadonlyMap<string, LiveObject>> {
  const read = changes.map(async (change) => {
    const id = idOf(change);
    if (id === undefined || !change.properties.some(({ unread }) => unread)) return [];
    const found = await readLive({ type: change.type, id }, connection);
    return found === undefined ? [] : [[change.urn, found] as const];
  });
  return new Map((await Promise.all(read)).flat());
}

/** What lies in a recycle bin under the name of what is created: day until which it can be restored, by URN. */
async function readRecycleBins(
  changes: readonly Start[],
  connection: Connection,
): Promise<ReadonlyMap<string, string>> {
  const creations = changes
    .filter((change) => change.operation === "create" && idOf(change) === undefined)
    .map((change) => ({ ...change, inputs: wantedOf(change, undefined) }));
  const found = await findDeleted(creations, connection);
  return new Map(
    creations.flatMap(({ urn }, at) => {
      const until = found[at]?.until;
      return until === undefined ? [] : [[urn, until] as const];
    }),
  );
}

/** What the tenant allows its sites, where the plan asks for more of it. */
async function readSiteLimitsFor(
  changes: readonly Start[],
  connection: Connection,
  tenant: { readonly initialDomain: string },
): Promise<SiteLimits | undefined> {
  const asks = changes.some(
    ({ type, properties }) =>
      type === NOUNS.site.type &&
      properties.some(({ path }) => path === "sharingCapability" || path === "storageQuota"),
  );
  return asks ? await readSiteLimits(connection, tenant) : undefined;
}

/** What keeps mailboxes from doing without a licence, by URN, where the plan asks that of them. */
async function readLicenseNeedsFor(
  changes: readonly Start[],
  connection: Connection,
): Promise<Besides["licenseNeeds"]> {
  const ids = new Map(
    changes.filter(needsNoLicenseAnyMore).flatMap((change) => {
      const id = idOf(change);
      return id === undefined ? [] : [[id, change.urn] as const];
    }),
  );
  if (ids.size === 0) return undefined;
  const needs = await readLicenseNeeds(connection, [...ids.keys()]);
  return new Map([...needs].map(([id, found]) => [ids.get(id) ?? id, found]));
}

/** What a plan is compared with. */
interface Comparing {
  /** Inputs as the state has them, by URN. */
  readonly recorded: RecordedInputs;
  /** URNs of creations of which a run that died may have sent the request: each settles itself when it comes to it. */
  readonly begun: ReadonlySet<string>;
  /** Names of rules for signing in that may do the same as a declared one. */
  readonly alongside: readonly string[];
  readonly connection: Connection;
}

/** Reads every object that the plan touches, who has or had the names that it gives out, and compares with where it starts. */
export async function compareLive(
  changes: readonly Start[],
  from: Comparing,
): Promise<readonly ComparedChange[]> {
  const freed = new Set(changes.filter(freesKey).map(({ base }) => base.id));
  const [deleted, holders, hindrances] = await Promise.all([
    readRecycleBins(changes, from.connection),
    readHolders(changes, from),
    readHindrances(changes, from),
  ]);
  return await Promise.all(
    changes.flatMap((change) => {
      const id = idOf(change);
      const isNew =
        id === undefined && change.operation === "create" && !from.begun.has(change.urn);
      if (change.operation === "forget" || (id === undefined && !isNew)) return [];
      const [holder, deletedUntil] = [holders.get(change.urn), deleted.get(change.urn)];
      const hindrance = hindrances.get(change.urn);
      return [
        compared(change, { ...from, id, freed, holder, deletedUntil }).then((one) =>
          hindrance === undefined ? one : { ...one, hindrance },
        ),
      ];
    }),
  );
}

/** Who has a mail address that is given out, by the URN of whose it is to become. */
async function readHolders(
  changes: readonly Start[],
  { recorded, connection }: Comparing,
): Promise<ReadonlyMap<string, string>> {
  const given = changes
    .filter(givesKey)
    .map((change) => ({ ...change, inputs: wantedOf(change, recordedOf(change, recorded)) }));
  const found = await findByAddress(given, connection);
  return new Map(
    given.flatMap(({ urn }, at) => {
      const holder = found[at];
      return holder === undefined ? [] : [[urn, holder] as const];
    }),
  );
}

/** What the tenant does not allow, by URN. */
async function readHindrances(
  changes: readonly Start[],
  from: Comparing,
): Promise<ReadonlyMap<string, Hindrance>> {
  const [ofDomains, ofRules, ofSeats] = await Promise.all([
    readDomainHindrances(changes, from),
    readRuleHindrances(changes, from),
    readSeatHindrances(changes, from),
  ]);
  return new Map<string, Hindrance>([...ofDomains, ...ofRules, ...ofSeats]);
}

/** Licences that have not arrived, by URN. */
async function readSeatHindrances(
  changes: readonly Start[],
  { recorded, connection: { service } }: Comparing,
): Promise<readonly (readonly [string, SeatHindrance])[]> {
  const seats = changes.map((change) => ({
    ...change,
    inputs: wantedOf(change, recordedOf(change, recorded)),
  }));
  const found = await seatHindrances(seats, service);
  return seats.flatMap(({ urn }, at) => {
    const hindrance = found[at];
    return hindrance === undefined ? [] : [[urn, hindrance] as const];
  });
}

/** What stands in the way of rules for signing in, by URN. */
async function readRuleHindrances(
  changes: readonly Start[],
  { recorded, connection, alongside, begun }: Comparing,
): Promise<readonly (readonly [string, RuleHindrance])[]> {
  // What a run that died began may be the very rule that is there.
  const rules = changes
    .filter(({ urn }) => !begun.has(urn))
    .map((change) => ({ ...change, inputs: wantedOf(change, recordedOf(change, recorded)) }));
  const { service } = connection;
  const found = await ruleHindrances(rules, { service, alongside });
  return rules.flatMap(({ urn }, at) => {
    const hindrance = found[at];
    return hindrance === undefined ? [] : [[urn, hindrance] as const];
  });
}

/** What the tenant's domains do not allow, by URN. */
async function readDomainHindrances(
  changes: readonly Start[],
  { recorded, connection }: Comparing,
): Promise<ReadonlyMap<string, DomainHindrance>> {
  const uses = changes
    .filter(
      (change) =>
        givesKey(change) ||
        change.operation === "delete" ||
        // Also one that is added and still waits for its record.
        change.type === NOUNS.domain.type,
    )
    .map((change) => {
      const inputs = recordedOf(change, recorded);
      const isGoing = change.operation === "delete";
      return {
        ...change,
        id: idOf(change),
        inputs: isGoing ? (inputs ?? {}) : wantedOf(change, inputs),
      };
    });
  const found = await domainHindrances(uses, connection.service);
  return new Map(
    uses.flatMap(({ urn }, at) => {
      const hindrance = found[at];
      return hindrance === undefined ? [] : [[urn, hindrance] as const];
    }),
  );
}

const recordedOf = ({ urn, formerUrn }: Start, recorded: RecordedInputs): Properties | undefined =>
  recorded.get(formerUrn ?? urn) ?? recorded.get(urn);

async function compared(
  change: Start,
  from: Comparing & {
    readonly id: string | undefined;
    /** Ids of objects that give up their key in the same plan. */
    readonly freed: ReadonlySet<string | undefined>;
    /** Who has an address that it gives out. */
    readonly holder: string | undefined;
    readonly deletedUntil: string | undefined;
  },
): Promise<ComparedChange> {
  const { id, recorded, freed, deletedUntil, connection } = from;
  const { name, type } = change;
  const inputs = recordedOf(change, recorded);
  const [found, namesake] = await Promise.all([
    id === undefined ? undefined : readLive({ type, id, inputs }, connection),
    givesKey(change) ? findByKey(type, wantedOf(change, inputs), connection) : undefined,
  ]);
  // What a definition reads is what JSON can hold.
  const object = found && { id: found.id, inputs: found.inputs as Readonly<Record<string, Json>> };
  const isOther = (other: string | undefined): boolean =>
    other !== undefined && other !== id && !freed.has(other);
  const reading = {
    object,
    holder: [namesake, from.holder].find(isOther),
    isInBin: deletedUntil !== undefined,
  };
  return { name, comparison: compareWithBase(change, reading, grain), deletedUntil };
}

const changesKey = ({ base, properties }: Start): boolean =>
  properties.some(({ path }) => path in base.key);

const givesKey = (change: Start): boolean =>
  change.operation === "create" || (change.operation === "update" && changesKey(change));

const freesKey = (change: Start): boolean =>
  change.operation === "delete" || (change.operation === "update" && changesKey(change));

/** Inputs that the change leads to, as far as they are known; of a list that is there, what comes to it. */
const wantedOf = ({ properties }: Start, recorded: Properties | undefined): Properties => ({
  ...recorded,
  ...Object.fromEntries(
    properties.map(({ path, after, elements }) => [
      path,
      elements === undefined ? after : elements.flatMap((element) => element.after ?? []),
    ]),
  ),
});

/** Of an object that is there: also of a list that nobody has managed so far. */
const idOf = ({ base, type, properties }: Start): string | undefined =>
  base.id ?? listIdOf(type, Object.fromEntries(properties.map(({ path, after }) => [path, after])));
