/**
 * The plans of a tenant and the pages that were signed, in the store of its record. The store is write-once, so
 * three kinds of values: the plan under its digest (once more, under the next number, when a copy was damaged or its
 * words are others by now), a numbered note for every planning, and the page of a decision under its hash.
 */
import { z } from "zod";
import { sha256, stackName } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { Json } from "../core/json.ts";
import type { Language } from "../core/language.ts";
import { parsePlan, planDigest } from "../plan/index.ts";
import type { DigestedPlan } from "../plan/index.ts";
import type { RecordStore } from "../state/index.ts";
import { documentHash } from "../views/index.ts";
import type { PageFacts } from "../views/index.ts";
import type { OperationContext } from "./ports.ts";

const noteSchema = z.strictObject({
  at: z.iso.datetime(),
  /** Null: there was no plan, because it was refused with `refusal`. */
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .nullable(),
  refusal: z.string().nullable(),
  /** It started from what the tenant held, rather than from what was applied last. */
  refresh: z.boolean(),
  /** Who asked and why, as far as it was known; nobody for a refusal. */
  requestedBy: z.array(z.string()),
  reason: z.string().nullable(),
});

type PlanningNote = z.infer<typeof noteSchema>;

export interface KeptPlan extends DigestedPlan {
  readonly refresh: boolean;
  /** When it was planned last. */
  readonly at: string;
  /** What its page says besides. */
  readonly facts: PageFacts;
}

/** What is noted with a plan. */
export type Planning = Pick<PlanningNote, "refresh" | "requestedBy" | "reason">;

export interface PlanStore {
  /** Keeps the plan, as the newest of its tenant. What was kept under its digest stays as long as it says the same. */
  keep(made: DigestedPlan, planned: Planning): Promise<KeptPlan>;
  /** Notes that there was no plan to keep, so that an older one is never taken for the newest. */
  noteRefusal(code: string, planned: { readonly refresh: boolean }): Promise<void>;
  /** @throws ExpectedError `plan-unknown`, `plan-damaged`. */
  read(digest: string): Promise<KeptPlan>;
  /** @throws ExpectedError `no-plan`, `plan-refused`, `plan-damaged`. */
  newest(): Promise<KeptPlan>;
  /** The last plan of each proposal: of those who asked, for the reason that they gave. Without what cannot be read. */
  proposals(): Promise<KeptPlan[]>;
  /** Undefined where the plan is not here, damaged, or of another release. */
  find(digest: string): Promise<KeptPlan | undefined>;
  keepPage(page: string): Promise<string>;
  /** A page by its hash: still the same, changed since, or not here. */
  pageState(hash: string): Promise<"same" | "changed" | "gone">;
}

export function planStore(
  { records, now }: Pick<OperationContext, "records" | "now">,
  stack: string,
): PlanStore {
  const folder = stackName.parse(stack);
  const plans = (digest: string): string => `${folder}/plans/${digest.replace(":", "-")}/`;
  const notes = `${folder}/planned/`;

  const copyOf = async (digest: string): Promise<DigestedPlan | ExpectedError | undefined> => {
    const keys = await records.list(plans(digest));
    let flaw: ExpectedError | undefined;
    for (const key of keys.toReversed()) {
      const plan = decodePlan(await records.get(key));
      if (plan instanceof ExpectedError) flaw = plan;
      else if (planDigest(plan) === digest) return { plan, digest };
    }
    if (keys.length === 0 || flaw?.code === "plan-other-version") return flaw;
    return new ExpectedError("plan-damaged", "The stored plan was changed after it was created.", {
      hint: "Create a new one with {plan}.",
      remedy: { plan: { tenant: stack } },
    });
  };

  const readNotes = async (): Promise<PlanningNote[]> => {
    const found = await Promise.all((await records.list(notes)).map((key) => records.get(key)));
    return found.flatMap((bytes) => noteSchema.safeParse(decodeJson(bytes)).data ?? []);
  };

  const note = async (what: Omit<PlanningNote, "at">): Promise<PlanningNote> => {
    const made = { at: now().toISOString(), ...what };
    await putNext(records, notes, made);
    return made;
  };

  const kept = async (digest: string, planned: PlanningNote | undefined): Promise<KeptPlan> => {
    const copy = await copyOf(digest);
    if (copy === undefined || planned === undefined) {
      throw new ExpectedError("plan-unknown", `No plan ${digest} of ${stack} here.`, {
        hint: "Create one with {plan}.",
        remedy: { plan: { tenant: stack } },
      });
    }
    if (copy instanceof ExpectedError) throw copy;
    return keptAs(copy, planned);
  };

  const lastNoteOf = async (digest: string): Promise<PlanningNote | undefined> =>
    (await readNotes()).findLast((one) => one.digest === digest);

  const find = async (digest: string, last: PlanningNote): Promise<KeptPlan | undefined> => {
    const copy = await copyOf(digest);
    return copy === undefined || copy instanceof ExpectedError ? undefined : keptAs(copy, last);
  };

  return {
    async keep(made, planned) {
      const copy = await copyOf(made.digest);
      const facts = { ...planned, asOf: made.plan.createdAt };
      const isKept =
        copy !== undefined &&
        !(copy instanceof ExpectedError) &&
        documentHash(copy.plan, facts) === documentHash(made.plan, facts);
      if (!isKept) await putNext(records, plans(made.digest), made.plan);
      const noted = await note({ digest: made.digest, refusal: null, ...planned });
      return keptAs(isKept ? copy : made, noted);
    },
    async noteRefusal(code, { refresh }) {
      await note({ digest: null, refusal: code, refresh, requestedBy: [], reason: null });
    },
    read: async (digest) => await kept(digest, await lastNoteOf(digest)),
    async newest() {
      const last = (await readNotes()).at(-1);
      if (last === undefined) {
        throw new ExpectedError("no-plan", `${stack} has not been planned here yet.`, {
          hint: "Create a plan with {plan}.",
          remedy: { plan: { tenant: stack } },
        });
      }
      if (last.digest === null) {
        const sentence = `The last plan of ${stack} was refused (${last.refusal ?? "unknown"}).`;
        throw new ExpectedError("plan-refused", sentence, {
          hint: "Fix that and run {plan}, or name an older plan by its digest.",
          remedy: { plan: { tenant: stack } },
        });
      }
      return await kept(last.digest, last);
    },
    async proposals() {
      const made = (await readNotes()).flatMap((one) =>
        one.digest === null ? [] : [{ ...one, digest: one.digest }],
      );
      const last = new Map(
        made.map((one) => [JSON.stringify([one.requestedBy.toSorted(), one.reason]), one]),
      );
      const found = await Promise.all([...last.values()].map((one) => find(one.digest, one)));
      return found.filter((one) => one !== undefined);
    },
    async find(digest) {
      const last = await lastNoteOf(digest);
      return last === undefined ? undefined : await find(digest, last);
    },
    async keepPage(page) {
      const hash = sha256(page);
      await records.putIfAbsent(pageKey(folder, hash), Buffer.from(page));
      return hash;
    },
    async pageState(hash) {
      const page = await records.get(pageKey(folder, hash));
      if (page === undefined) return "gone";
      return sha256(page) === hash ? "same" : "changed";
    },
  };
}

/** What a tenant is called and speaks, as its newest plan has it. */
export async function customerOf(
  plans: Pick<PlanStore, "proposals">,
  stack: string,
): Promise<{ readonly company: string; readonly language: Language }> {
  const newest = (await plans.proposals()).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  const tenant = newest?.plan.tenant;
  return { company: tenant?.displayName ?? stack, language: tenant?.language ?? "nl" };
}

const keptAs = (
  made: DigestedPlan,
  { at, refresh, requestedBy, reason }: PlanningNote,
): KeptPlan => ({
  ...{ plan: made.plan, digest: made.digest, refresh, at },
  facts: { asOf: at, requestedBy, reason },
});

const pageKey = (folder: string, hash: string): string => `${folder}/pages/sha256-${hash}.html`;

/** Under the next number, also when others add at the same time. */
async function putNext(records: RecordStore, prefix: string, value: Json): Promise<void> {
  const newest = (await records.list(prefix)).at(-1)?.slice(prefix.length) ?? "0";
  const bytes = Buffer.from(JSON.stringify(value));
  for (let number = Number.parseInt(newest, 10) + 1; ; number++) {
    const key = `${prefix}${String(number).padStart(10, "0")}.json`;
    if (await records.putIfAbsent(key, bytes)) return;
  }
}

function decodePlan(bytes: Uint8Array | undefined): DigestedPlan["plan"] | ExpectedError {
  try {
    return parsePlan(decodeJson(bytes));
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
}

/** Undefined for what is not there or is not JSON, which every schema refuses. */
function decodeJson(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(bytes ?? []).toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
