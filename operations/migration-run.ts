/**
 * What is said about a migration, signed and recorded: by the provider what was done, by the customer's decision makers
 * what they sign. Nothing here writes to a tenant: whatever changes it is a plan that is approved.
 */
import { headOf, signMigrationWord, whoMayApprove } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { closedBefore, isPastReturn, nextBack, openBefore, signable } from "../migration/index.ts";
import type { Progress, Saying, Step, Word } from "../migration/index.ts";
import { signerOf } from "./decision-refusals.ts";
import { lookAtStep } from "./migration-look.ts";
import type { Seen } from "./migration-look.ts";
import { openMigration, progressWith } from "./migration.ts";
import type { OpenedMigration } from "./migration.ts";
import type { OperationContext, Signer } from "./ports.ts";
import { registerInSandbox } from "./register-approvers.ts";

type Said =
  /** Ticks a step or a point off; counts where the step is counted. */
  | {
      readonly said: "done";
      readonly about: string;
      readonly counts: Word["counts"];
      /** Why it is done all the same where what can be seen says otherwise. */
      readonly despite?: string | undefined;
    }
  | { readonly said: "undone"; readonly about: string }
  | { readonly said: "noted" | "asked" | "askedOutside"; readonly text: string }
  /** Goes back to where the day began, step by step. */
  | { readonly said: "back" };

interface RunRequest {
  readonly stack: string;
  /** Name of who did it, under `team`; undefined: the provider's project leader. */
  readonly by: string | undefined;
  readonly remark: string;
}

/**
 * @throws ExpectedError `not-in-migration`, `migration-gate-closed`, `migration-step-waits`, `migration-counts-missing`,
 * `migration-seen-otherwise`, `no-way-back`
 */
export async function runMigration(
  context: OperationContext,
  request: RunRequest & Said,
): Promise<{
  readonly progress: Progress;
  readonly about: string;
  /** What was seen of a step that was ticked off; undefined: only people can see it. */
  readonly seen: Seen | undefined;
}> {
  const opened = await withRegistration(context, request.stack);
  const { progress } = opened;
  const { migration } = progress;
  const { stack, by = migration.projectLeaders.provider } = request;
  if (!migration.team.some(({ name }) => name === by)) {
    throw notThere(
      stack,
      by,
      migration.team.map(({ name }) => name),
    );
  }
  const word = wordOf(progress, request);
  const seen = request.said === "done" ? await look(context, progress, request) : undefined;
  const signer = await context.trust.applier();
  const remark = remarkOf(request, seen);
  const said = { ...word, said: request.said, by, remark, party: "provider" as const, stack };
  return { progress: await record(context, opened, { said, signer }), about: word.about, seen };
}

type Ticked = RunRequest & Extract<Said, { readonly said: "done" }>;

async function look(
  context: OperationContext,
  progress: Progress,
  { stack, about, despite }: Ticked,
): Promise<Seen | undefined> {
  const step = progress.steps.find(({ id }) => id === about);
  const seen = step && (await lookAtStep(context, progress, step));
  if (seen === undefined || "notLooked" in seen || despite !== undefined) return seen;
  if (seen.otherwise.length === 0) return seen;
  throw new ExpectedError(
    "migration-seen-otherwise",
    `What can be seen of ${about} is otherwise.`,
    {
      hint: "Put it right and tick it off again; where what was seen is out of date, say why it is done all the same: {migration-despite}.",
      remedy: { "migration-despite": { tenant: stack, step: about } },
      details: seen.otherwise,
    },
  );
}

/** With what was seen against it, for whoever reads the record. */
function remarkOf(request: RunRequest & Said, seen: Seen | undefined): string {
  if ("text" in request) return request.text;
  const { remark } = request;
  if (request.said !== "done" || request.despite === undefined) return remark;
  const against =
    seen !== undefined && "otherwise" in seen ? seen.otherwise.map(({ en }) => en) : [];
  const said = `${request.despite}${against.length === 0 ? "" : ` (seen: ${against.join("; ")})`}`;
  return remark === "" ? said : `${remark}. ${said}`;
}

/** What is signed, lifted or accepted by a decision maker: `plan`, `by-hand`, `gate:<id>` or a point. */
interface SignRequest {
  readonly stack: string;
  readonly what: string;
  /** Undefined: as for a plan, the one whose key is here. */
  readonly email: string | undefined;
  readonly remark: string;
}

/** @throws ExpectedError `not-in-migration`, `not-a-decision-maker`, and those of the key */
export async function signMigration(
  context: OperationContext,
  request: SignRequest,
): Promise<{ readonly progress: Progress; readonly email: string; readonly said: Saying }> {
  const { stack, what, remark } = request;
  const opened = await withRegistration(context, stack);
  const { progress, ledger } = opened;
  const found = signable(progress).find(({ name }) => name === what);
  if (found === undefined) {
    throw notThere(
      stack,
      what,
      signable(progress).map(({ name }) => name),
    );
  }
  const email = await signerOf(context, request, progress.tenant);
  const slots = whoMayApprove(ledger.record, progress.now)?.slots ?? [];
  const person = slots
    .flatMap((slot) => [slot, ...slot.deputies])
    .find((one) => one.email === email);
  if (person === undefined) {
    throw new ExpectedError("not-a-decision-maker", `${email} does not decide for ${stack} now.`, {
      hint: "Have a decision maker sign who is registered: {register} registers those of the tenant file.",
      remedy: { register: { tenant: stack } },
    });
  }
  const { said, about, document } = found;
  const signer = { email, key: await context.keys.load(email) };
  const word = { said, about, document, counts: null, by: person.name, remark, stack };
  return {
    progress: await record(context, opened, { said: { ...word, party: "customer" }, signer }),
    ...{ email, said },
  };
}

async function withRegistration(
  context: OperationContext,
  stack: string,
): Promise<OpenedMigration> {
  const { progress, ledger } = await openMigration(context, stack);
  const { tenant } = progress;
  const registered = await registerInSandbox(context, { stack, tenant, ledger });
  // Whoever was registered just now decides from now on, and not before.
  const known = { ...progress, now: context.now() };
  return { progress: progressWith(registered, known), ledger: registered };
}

async function record(
  context: OperationContext,
  { progress, ledger }: OpenedMigration,
  {
    said,
    signer: { email, key },
  }: {
    readonly said: Omit<Word, "at" | "decisionMaker"> & {
      readonly party: "provider" | "customer";
      readonly stack: string;
    };
    readonly signer: Signer;
  },
): Promise<Progress> {
  const now = context.now();
  const predicate = {
    ...said,
    tenantId: progress.tenant.tenant.id,
    seen: headOf(ledger.record),
    saidBy: { email, keyId: key.keyId },
    saidAt: now.toISOString(),
  };
  const appended = await ledger.append(signMigrationWord(predicate, key));
  return progressWith(appended, { ...progress, now });
}

type About = Pick<Word, "about" | "document" | "counts">;
const plain = (about: string): About => ({ about, document: null, counts: null });

function wordOf(progress: Progress, request: RunRequest & Said): About {
  switch (request.said) {
    case "noted":
      return plain(`point-${progress.points.length + 1}`);
    case "asked":
    case "askedOutside":
      return plain("question");
    case "back":
      return goBack(progress, request);
    case "undone":
      return undo(progress, request);
    case "done":
      return tick(progress, request);
  }
}

function goBack(progress: Progress, { stack }: RunRequest): About {
  if (isPastReturn(progress)) {
    throw new ExpectedError("no-way-back", "People already work in Microsoft 365.", {
      hint: "Go forward: note what is wrong as leftover points; {migration-status} shows what is open.",
      remedy: { "migration-status": { tenant: stack } },
    });
  }
  if (nextBack(progress).length > 0) return plain("day");
  throw new ExpectedError("migration-step-waits", "The day has not begun: nothing to go back on.", {
    hint: "Move the day in migration.yaml; {migration-status} shows what is done.",
    remedy: { "migration-status": { tenant: stack } },
  });
}

/** A slip of the pen is taken back; of the day only what nothing else rests on yet. */
function undo(progress: Progress, request: RunRequest & { readonly about: string }): About {
  const { about, stack } = request;
  const step = stepOf(progress, request);
  const isOfTheDay = step?.stage !== undefined;
  if (isOfTheDay && isPastReturn(progress) && step.back !== undefined) {
    throw new ExpectedError("no-way-back", "People already work in Microsoft 365.", {
      hint: "Note what is wrong as a leftover point; {migration-status} shows what is open.",
      remedy: { "migration-status": { tenant: stack } },
    });
  }
  const isNext = nextBack(progress).some(({ id }) => id === about);
  if (!progress.done.has(about) || (isOfTheDay && !isNext)) {
    throw waits(stack, `${about} is not what is undone next.`, nextBack(progress));
  }
  return plain(about);
}

function tick(
  progress: Progress,
  request: RunRequest & { readonly about: string; readonly counts: Word["counts"] },
): About {
  const { about, counts, stack } = request;
  const step = stepOf(progress, request);
  if (step === undefined) return plain(about);
  const closed = closedBefore(progress, step);
  if (closed.length > 0) {
    throw new ExpectedError("migration-gate-closed", `A gate before ${about} is closed.`, {
      hint: "Do what is missing, or have the customer's decision maker lift it: {migration-sign}. {migration-status} has all reasons.",
      remedy: {
        "migration-status": { tenant: stack },
        "migration-sign": { tenant: stack, what: `gate:${closed[0]?.id ?? ""}` },
      },
      details: closed.flatMap(({ title, remedy, reasons }) => [
        { nl: `${title.nl}. ${remedy.nl}`, en: `${title.en}. ${remedy.en}` },
        ...reasons.map(({ nl, en }) => ({ nl: `  ${nl}`, en: `  ${en}` })),
      ]),
    });
  }
  if (progress.isGoingBack && step.stage !== undefined) {
    throw waits(stack, "The day is being gone back on.", nextBack(progress));
  }
  if (step.notBefore !== undefined && progress.today < step.notBefore) {
    throw waits(stack, `${about} cannot be done before ${step.notBefore}.`, []);
  }
  const before = openBefore(progress, step);
  if (before.length > 0) throw waits(stack, `${about} comes after other steps.`, before);
  if (step.isCounted === true && counts === null) {
    throw new ExpectedError("migration-counts-missing", `${about} needs the number of items.`, {
      hint: "Count them at the source and at the target, and give both; a tool that says it succeeded is no proof. {migration-status} shows the step.",
      remedy: { "migration-status": { tenant: stack } },
    });
  }
  return { about, document: null, counts };
}

/** Undefined for a leftover point that was noted. */
function stepOf(
  { steps, points }: Progress,
  { stack, about }: { readonly stack: string; readonly about: string },
): Step | undefined {
  const step = steps.find(({ id }) => id === about);
  if (step === undefined && !points.some(({ id }) => id === about)) {
    throw notThere(stack, about, []);
  }
  return step;
}

const waits = (stack: string, sentence: string, first: readonly Step[]): ExpectedError =>
  new ExpectedError("migration-step-waits", sentence, {
    hint: "{migration-status} shows what comes first.",
    remedy: { "migration-status": { tenant: stack } },
    details: first.map(({ id, text }) => ({ nl: `${id}: ${text.nl}`, en: `${id}: ${text.en}` })),
  });

const notThere = (stack: string, name: string, known: readonly string[]): ExpectedError =>
  new ExpectedError(
    "not-in-migration",
    `The migration of ${stack} has no ${JSON.stringify(name)}.`,
    {
      hint: "{migration-status} lists steps, gates and leftover points with their names.",
      remedy: { "migration-status": { tenant: stack } },
      details: known,
    },
  );
