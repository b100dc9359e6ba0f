/**
 * What a tenant has and nobody manages, written into the tenant file as it is, to be taken over by its name. Only reads the
 * tenant; that it comes under management is planned and approved as always.
 */
import { ExpectedError } from "../core/expected-error.ts";
import { ADOPTABLE_SECTIONS } from "../core/nouns.ts";
import type { ListSection } from "../core/nouns.ts";
import { changeTenantFile, loadTenant } from "../tenant-file/index.ts";
import type { NewEntry } from "../tenant-file/index.ts";
import type { OperationContext } from "./ports.ts";

export interface AdoptRequest {
  readonly stack: string;
  /** All of a section, or the one object that the file would name so. */
  readonly what: { readonly section: ListSection } | { readonly object: string };
}

export interface AdoptedObjects {
  readonly stack: string;
  readonly file: string;
  /** Entries that were added, in the order of the file. */
  readonly added: readonly {
    readonly section: ListSection;
    readonly name: string;
    /** Keys that refer to what the file does not have: they stay unmanaged. */
    readonly without: readonly string[];
  }[];
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/** Keys that name others. */
const REFERRING = [
  "manager",
  "owners",
  "members",
  "memberGroups",
  "sponsors",
  "permissions",
] as const;

/** @throws ExpectedError `nothing-to-adopt`, and those of reading the tenant and its file */
export async function adoptObjects(
  context: OperationContext,
  { stack, what }: AdoptRequest,
): Promise<AdoptedObjects> {
  const place = { stacksDirectory: context.workspace.stacksDirectory, tenant: stack };
  const { tenant, managedBy, ...declared } = await loadTenant(place);
  context.report({ kind: "reading-tenant", stack });
  const { id: tenantId, initialDomain } = tenant;
  const { draft, left } = await context.readTenant({
    ...{ tenantId, initialDomain, managedBy, signal: context.signal },
  });
  const entries = ADOPTABLE_SECTIONS.flatMap(({ listedIn, fileKey }): NewEntry[] => {
    const names = (list: readonly object[] = []): string[] =>
      list.map((entry) => String((entry as Readonly<Record<string, unknown>>)[fileKey]));
    const known = new Set(names(declared[listedIn]));
    const found = (draft[listedIn] ?? []) as readonly Readonly<Record<string, unknown>>[];
    return found
      .map((entry) => ({
        section: listedIn,
        name: String(entry[fileKey]),
        entry: { ...entry, adopt: true },
      }))
      .filter(({ section, name }) => !known.has(name) && isMeant(what, { section, name }));
  });
  if (entries.length === 0) throw nothingToAdopt(what, left);
  const whole = await changeTenantFile(place, entries);
  const bare = whole.refused.map(({ edit }) => ({ ...edit, entry: withoutReferences(edit.entry) }));
  const rest = await changeTenantFile(place, bare);
  return {
    ...{ stack, file: whole.file },
    added: [
      ...whole.done.map(({ section, name }) => ({ section, name, without: [] })),
      ...rest.done.map(({ section, name }) => ({
        ...{ section, name },
        without: REFERRING.filter((key) =>
          whole.refused.some(({ edit }) => edit.name === name && edit.entry[key] !== undefined),
        ),
      })),
    ],
    left: rest.refused.map(({ edit: { name }, why }) => ({ name, why })),
  };
}

const isMeant = (
  what: AdoptRequest["what"],
  { section, name }: Pick<NewEntry, "section" | "name">,
): boolean =>
  "section" in what ? section === what.section : name.toLowerCase() === what.object.toLowerCase();

const withoutReferences = (entry: NewEntry["entry"]): NewEntry["entry"] =>
  Object.fromEntries(
    Object.entries(entry).filter(([key]) => !REFERRING.some((referring) => referring === key)),
  );

function nothingToAdopt(
  what: AdoptRequest["what"],
  left: readonly { readonly name: string; readonly reason: string }[],
): ExpectedError {
  const name = "section" in what ? what.section : what.object;
  const about = left.filter(
    (one) => "object" in what && one.name.toLowerCase() === name.toLowerCase(),
  );
  return new ExpectedError(
    "nothing-to-adopt",
    `The tenant has nothing to take over as ${name} that the tenant file does not have already.`,
    {
      hint: "Give a user principal name, an address of a guest, a group name or a site address, as the tenant has it.",
      details: about.map((one) => `${one.name}: ${one.reason}`),
    },
  );
}
