/**
 * Looking at a tenant, also before anybody manages it from here: what there is, what is odd, what came, went or changed
 * since the last look, and which risks are gone since the first. Only reads; the client it is given sends nothing else. One
 * look is kept, in place of the one before, with the numbers of the first: it holds names and addresses.
 */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Language } from "../core/language.ts";
import { LISTED_SECTIONS } from "../core/nouns.ts";
import { readJsonFile } from "../core/json-file.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { ReadTenant } from "../engine/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { afterLook, findingLedger, followedIn } from "./finding-ledger.ts";
import type { FollowedFinding } from "./finding-ledger.ts";
import { declaredTenant } from "./known-tenant.ts";
import type { OperationContext } from "./ports.ts";
import { keepingUnexpected } from "./unexpected-answers.ts";
import type { UnexpectedAnswers } from "./unexpected-answers.ts";

export interface ObserveRequest {
  readonly stack: string;
  /** Which tenant it is; undefined: the one of the last look, or of the tenant file. */
  readonly tenant: z.infer<typeof identity> | undefined;
}

interface ObservedChange {
  /** Of the tenant file; `left` for what could not be managed from here. */
  readonly section: string;
  /** As a tenant file names it. */
  readonly name: string;
  readonly kind: "new" | "gone" | "changed";
  /** Of what changed: keys of a tenant file with their values; undefined where there is none. */
  readonly keys: readonly ObservedKey[];
}

interface ObservedKey {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

type FromReading = Pick<ReadTenant, "counts" | "left" | "findings" | "notRead" | "overview">;

export interface Observed extends FromReading {
  readonly stack: string;
  readonly displayName: string;
  /** Of the tenant file; before there is one, of the tenant. */
  readonly language: Language;
  /** UTC. */
  readonly at: string;
  /** What the services answered in a form that nobody expected. */
  readonly unexpected: UnexpectedAnswers;
  /** The first look that is known; undefined when this is it. */
  readonly first: FirstLook | undefined;
  /** Risks and costs of all looks since the first. */
  readonly followed: readonly FollowedFinding[];
  /** When it was looked at before (UTC); undefined: never. */
  readonly since: string | undefined;
  /** By section and name. */
  readonly changes: readonly ObservedChange[];
}

const identity = z.strictObject({ tenantId: z.guid(), initialDomain: z.string() });
const entry = z.record(z.string(), z.unknown());
const count = z.int().min(0);
const firstLook = z.strictObject({
  /** UTC. */
  at: z.iso.datetime(),
  overview: z.strictObject({
    ...{ people: count, blocked: count, guests: count, groups: count, sites: count.optional() },
    domains: z.array(z.string()),
    products: z.array(z.strictObject({ name: z.string(), bought: count.optional(), used: count })),
  }),
});
type FirstLook = z.infer<typeof firstLook>;

const lookSchema = z.strictObject({
  version: z.literal(2),
  at: z.iso.datetime(),
  tenant: identity,
  things: z.record(z.string(), z.record(z.string(), entry)),
  first: firstLook,
  findings: findingLedger,
});
type Look = z.infer<typeof lookSchema>;
type Entry = z.infer<typeof entry>;
/** What there is, by section and name; a section that was not read is not there. */
type Things = Look["things"];

/** Nobody manages it yet; the file of a take-over asks who does. */
const NOBODY = { name: "-", domains: [] };

/**
 * @throws ExpectedError `tenant-details-missing`, `observation-damaged`, `wrong-tenant`, and those of reading the tenant.
 * A look that was not complete is an error, and the last one stays.
 */
export async function observeTenant(
  context: OperationContext,
  { stack, tenant }: ObserveRequest,
): Promise<Observed> {
  const { workspace, readTenant, report, signal, now } = context;
  const file = join(workspace.dataDirectory, "observed", `${stack}.json`);
  const last = existsSync(file) ? readLook(file) : undefined;
  const declared = await declaredTenant(context, stack);
  const asked = tenant ?? last?.tenant ?? (declared && identityOf(declared));
  if (asked === undefined) {
    throw new ExpectedError("tenant-details-missing", `${stack} was not looked at before.`, {
      hint: "Say which tenant it is: its id and its initial domain.",
    });
  }
  report({ kind: "reading-tenant", stack });
  const { read, unexpected } = await keepingUnexpected(context, (onUnexpected) =>
    readTenant({ ...asked, managedBy: NOBODY, onUnexpected, signal }),
  );
  const managed = declared?.tenant.id === asked.tenantId ? declared : undefined;
  const findings = read.findings.filter(
    ({ kind }) => kind !== "no-backup" || managed?.backup === undefined,
  );
  const { counts, left, notRead, overview, draft } = read;
  const at = now().toISOString();
  const before = last?.tenant.tenantId === asked.tenantId ? last : undefined;
  const look: Look = {
    ...{ version: 2, at, tenant: asked, things: thingsIn(read) },
    first: before?.first ?? { at, overview: firstLook.shape.overview.parse(overview) },
    findings: afterLook(before?.findings ?? {}, { findings, notRead }, at),
  };
  await keep(file, look);
  return {
    ...{ stack, counts, left, findings, notRead, overview, at, unexpected },
    displayName: draft.tenant.displayName,
    language: (managed ?? draft).tenant.language,
    since: before?.at,
    changes: before === undefined ? [] : changesBetween(before.things, look.things),
    first: before?.first,
    followed: followedIn(look.findings),
  };
}

const identityOf = ({ tenant: { id, initialDomain } }: Tenant): z.infer<typeof identity> => ({
  tenantId: id,
  initialDomain,
});

function readLook(file: string): Look {
  const parsed = lookSchema.safeParse(readJsonFile(file));
  if (parsed.success) return parsed.data;
  throw new ExpectedError("observation-damaged", `The last look cannot be read: ${file}`, {
    hint: "Remove that file; the next look is the first one then.",
  });
}

/** Whole or not at all, and for its owner only. */
async function keep(file: string, look: Look): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, `${JSON.stringify(look, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function thingsIn({ draft, left, notRead }: ReadTenant): Things {
  const isRead = (section: string): boolean => notRead.every(({ part }) => part !== section);
  // As JSON keeps it, so that two looks compare.
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  const named = (entries: readonly Entry[], key: string): Record<string, Entry> =>
    Object.fromEntries(entries.map((one) => [String(one[key]), one]));
  const lists = LISTED_SECTIONS.filter(({ listedIn }) => isRead(listedIn)).map(
    ({ listedIn, fileKey }) => {
      const entries = entry.array().parse(plain(draft[listedIn] ?? []));
      return [listedIn, named(entries, fileKey)] as const;
    },
  );
  return {
    tenant: { tenant: entry.parse(plain(draft.tenant)) },
    ...Object.fromEntries(lists),
    left: named(
      left.map(({ kind, name, reason }) => ({ name: `${kind} ${name}`, reason })),
      "name",
    ),
  };
}

/** Of the sections that both looks have. */
const changesBetween = (before: Things, after: Things): ObservedChange[] =>
  Object.entries(after).flatMap(([section, now]) => {
    const was = before[section];
    if (was === undefined) return [];
    const names = [...new Set([...Object.keys(was), ...Object.keys(now)])].sort();
    return names.flatMap((name): ObservedChange[] => {
      const [old, found] = [was[name], now[name]];
      if (old === undefined) return [{ section, name, kind: "new", keys: [] }];
      if (found === undefined) return [{ section, name, kind: "gone", keys: [] }];
      const keys = differingKeys(old, found);
      return keys.length === 0 ? [] : [{ section, name, kind: "changed", keys }];
    });
  });

const differingKeys = (before: Entry, after: Entry): ObservedKey[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .map((key) => ({ key, before: before[key], after: after[key] }));
