/**
 * The backup of the tenant outside Microsoft: one daily job of the vendor that covers the whole organisation,
 * so that whoever comes next is covered too; only signed exceptions are left out. The server, its repositories
 * and the connection to the tenant are the operator's and are never made or changed here.
 *
 * Of a vendor that we cannot read (`report`) nothing is made, changed or read here: the operator has agreed to what is
 * declared, and says in a file beside the tenant file what is kept.
 *
 * Removing the policy switches the job off. It deletes neither the job nor a single backup: those end with the
 * retention of the repository, or by the operator's hand.
 * @see https://helpcenter.veeam.com/references/vbo365/8/rest (checked 2026-11)
 */
import { z } from "zod";
import type { RestClient } from "../../services/index.ts";
import { directoryOf, excludedItems, jobNamed, jobWithId, organizationWithId } from "./veeam.ts";
import type { Directory, ExcludedItem, Job } from "./veeam.ts";
import { idsOf, requirePlace } from "./place.ts";
import type { Place } from "./place.ts";
import { SCHEDULES, SCHEDULE_NAMES } from "../../core/backup-schedules.ts";
import type { Schedule } from "../../core/backup-schedules.ts";
import { BACKUP_VENDORS } from "../../core/backup-vendors.ts";
import { COPY_KINDS } from "../../core/copy-kinds.ts";
import { texts } from "../../core/i18n/phrases.ts";
import { defineResource } from "../kit/define.ts";
import type { ResourceContext } from "../kit/define.ts";
import { describeBackup } from "./describe-backup.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address, day, domain, keyedSetOf, setOf } from "../kit/zod-shapes.ts";
import { siteUrl } from "../sharepoint/sharepoint-sites.ts";

const exception = z.strictObject({
  kind: z.enum(["mailbox", "site"]),
  name: z.string().min(1).toLowerCase().describe("User principal name, or full address of a site."),
  disclaimer: z.strictObject({ signedBy: z.string(), signedOn: day, document: z.string() }),
});

const inputs = z.strictObject({
  vendor: z.enum(BACKUP_VENDORS),
  organization: domain.describe("Initial domain of the tenant."),
  operator: z.string().min(1).describe("Who runs the backup."),
  location: z.strictObject({
    name: z.string().min(1).describe("Name of the operator's repository."),
    country: z.string().length(2),
  }),
  retention: z.strictObject({ until: day.optional(), years: z.int().min(1).optional() }),
  mailboxes: setOf(address).describe("Everybody who must be covered."),
  sites: setOf(siteUrl).describe("Every site that must be covered."),
  exceptions: keyedSetOf(exception, ({ kind, name }) => `${kind}:${name}`).default([]),
  kinds: z
    .array(z.enum(COPY_KINDS))
    .overwrite((kinds) => COPY_KINDS.filter((kind) => kinds.includes(kind)))
    .default([...COPY_KINDS])
    .describe(
      "What is backed up of each person, site and group; all of it by a job of the vendor.",
    ),
  schedule: z.enum(SCHEDULE_NAMES).default("daily"),
  isIncremental: z
    .boolean()
    .default(true)
    .describe(
      "Whether each backup adds what changed to the first, full one; so it is by a job of the vendor.",
    ),
  keyHeldBy: z.string().min(1).optional().describe("Who holds the key of the encrypted copies."),
});

const outputs = z.object({
  jobName: z.string().describe("Name of the vendor's job; its key."),
  organizationId: z.string().describe("The vendor's id of the tenant."),
  repositoryId: z.string().describe("The vendor's id of the location."),
  pendingExceptions: z
    .array(z.string())
    .describe("Exceptions that are backed up still, because the vendor does not know them yet."),
});

type Inputs = z.output<typeof inputs>;

const DAILY = { type: "Daily", dailyType: "Everyday", dailyTime: "22:00:00" };

const scheduleFor = (schedule: Schedule) => ({
  scheduleEnabled: true,
  ...(schedule === "daily"
    ? DAILY
    : { type: "Periodically", periodicallyEvery: `Hours${SCHEDULES[schedule]}` }),
});

/** Undefined for one that no service is sold by. */
function scheduleOf({ schedulePolicy: policy }: Job): Schedule | undefined {
  return SCHEDULE_NAMES.find((name) =>
    name === "daily"
      ? policy.type === DAILY.type && policy.dailyType === DAILY.dailyType
      : policy.type === "Periodically" && policy.periodicallyEvery === `Hours${SCHEDULES[name]}`,
  );
}

/** The id of a backup of which only a report tells. */
const reportedId = (organization: string): string => `report:${organization}`;
const isReported = (id: string): boolean => id.startsWith(reportedId(""));

const jobNameOf = ({ organization }: Pick<Inputs, "organization">): string =>
  `Tenantry ${organization}`;

const DESCRIPTION = "Managed by Tenantry: changes made here are undone by the next apply.";

export const policy = defineResource({
  token: "m365:backup:Policy",
  summary: "The backup of the whole tenant at a party outside Microsoft.",
  inputs,
  outputs,
  // The vendor's own account, no permission in the tenant.
  permissions: { read: [], write: [] },
  sources: [
    { url: "https://helpcenter.veeam.com/references/vbo365/8/rest", checked: "2026-11-22" },
  ],
  replaceOn: ["vendor", "organization"],
  writeOnly: [
    "operator",
    "location",
    "retention",
    "exceptions",
    "kinds",
    "isIncremental",
    "keyHeldBy",
  ],
  elementKeys: { exceptions: ["name"] },

  validate({ retention }) {
    const isOne = (retention.until === undefined) !== (retention.years === undefined);
    if (isOne) return [];
    return [{ property: "retention", reason: "needs either until (a day) or years" }];
  },

  async read(context, { id, previous }) {
    if (isReported(id)) {
      const inputs = { vendor: "report" as const, organization: id.slice(reportedId("").length) };
      return { id, inputs: previous ?? inputs, outputs: NOTHING_MADE };
    }
    const vendor = context.backup();
    const job = await jobWithId(vendor, id);
    if (job === undefined) return undefined;
    const [{ left, directory }, organization] = await Promise.all([
      exclusionsOf(vendor, job),
      organizationWithId(vendor, job.organizationId),
    ]);
    const signed = new Set(previous?.exceptions.map(({ name }) => name));
    const isCovered = (name: string): boolean => isRunning(job) && !left.has(name);
    return {
      id,
      // The job covers whoever there is, also whom the vendor does not know yet: the declared ones are asked for by
      // name. Who is left out is missing, and everybody when the job stands still.
      inputs: {
        vendor: "veeam" as const,
        organization: organization?.name.toLowerCase() ?? "",
        schedule: scheduleOf(job) ?? ("daily" as const),
        mailboxes: (previous?.mailboxes ?? [...directory.mailboxes.keys()]).filter(isCovered),
        sites: (previous?.sites ?? [...directory.sites.keys()]).filter(isCovered),
      },
      outputs: {
        jobName: job.name,
        organizationId: job.organizationId,
        repositoryId: job.repositoryId,
        pendingExceptions: [...signed].filter((name) => !left.has(name)),
      },
    };
  },

  async reconcile(context, { declared, previous, observed, state }) {
    if (declared.vendor === "report") {
      const id = reportedId(declared.organization);
      context.created(id, NOTHING_MADE);
      return { id, outputs: NOTHING_MADE };
    }
    const vendor = context.backup();
    const place = await requirePlace(vendor, declared);
    const job = observed === undefined ? undefined : await jobWithId(vendor, observed.id);
    const id = job?.id ?? (await createJob(context, { wanted: declared, place }));
    const made = { jobName: jobNameOf(declared), ...idsOf(place), pendingExceptions: [] };
    context.created(id, made);
    const demanded = newDemands(declared, previous);
    if (job !== undefined && demanded.isOther) {
      await updateJob(vendor, { job, wanted: declared, place });
    }
    const pendingExceptions = await syncExceptions(vendor, {
      jobId: id,
      place,
      exceptions: declared.exceptions,
      leftOut: [...demanded.exceptions, ...texts(state, "pendingExceptions")],
      takenBack: demanded.covered,
    });
    return { id, outputs: { ...made, pendingExceptions } };
  },

  async remove(context, { id }) {
    if (isReported(id)) return;
    const vendor = context.backup();
    const job = await jobWithId(vendor, id);
    if (job?.isEnabled) await vendor.post(`/v8/Jobs/${id}/disable`, {}, { idempotent: true });
  },

  describe: describeBackup,
});

const NOTHING_MADE = { jobName: "", organizationId: "", repositoryId: "", pendingExceptions: [] };

interface Demands {
  /** Names that are to be covered and were not. */
  readonly covered: readonly string[];
  /** Names that are to be left out and were not. */
  readonly exceptions: readonly string[];
  /** The job itself is to be another one, or has more to answer for: then it has to run as it should. */
  readonly isOther: boolean;
}

function newDemands(declared: Inputs, previous: Inputs | undefined): Demands {
  const exceptionsOf = (policy: Inputs | undefined): string[] =>
    (policy?.exceptions ?? []).map(({ name }) => name);
  const coveredBy = (policy: Inputs | undefined): string[] => [
    ...(policy?.mailboxes ?? []),
    ...(policy?.sites ?? []),
  ];
  const without = (names: readonly string[], others: readonly string[]): string[] =>
    names.filter((name) => !others.includes(name));
  const now = exceptionsOf(declared);
  const before = exceptionsOf(previous);
  const covered = without(coveredBy(declared), coveredBy(previous));
  return {
    covered: [...covered, ...without(before, now)],
    exceptions: without(now, before),
    isOther:
      covered.length > 0 ||
      declared.location.name !== previous?.location.name ||
      declared.schedule !== previous.schedule,
  };
}

/** Whether the job covers everybody, every day at least. */
export const isRunning = (job: Job): boolean =>
  job.isEnabled && job.backupType === "EntireOrganization" && scheduleOf(job) !== undefined;

const isAsMade = (job: Job, wanted: Inputs, { organization, repository }: Place): boolean =>
  isRunning(job) &&
  scheduleOf(job) === wanted.schedule &&
  job.description === DESCRIPTION &&
  job.organizationId === organization.id &&
  job.repositoryId === repository.id;

async function createJob(
  context: ResourceContext,
  { wanted, place }: { wanted: Inputs; place: Place },
): Promise<string> {
  const vendor = context.backup();
  const name = jobNameOf(wanted);
  const existing = await jobNamed(vendor, name);
  // The vendor does not say since when there is a job: after a death, the one that is as it would be made is ours.
  if (
    existing !== undefined &&
    context.begunAt !== undefined &&
    isAsMade(existing, wanted, place)
  ) {
    return existing.id;
  }
  if (existing !== undefined) {
    throw new RefusedError({
      code: "backup-job-exists",
      message: `The backup server already has a job called ${name} (${existing.isEnabled ? "running" : "switched off"})`,
      hint: "It may belong to an earlier stack of this tenant: rename or remove the job at the vendor (its backups stay), then apply again.",
    });
  }
  const body = {
    name,
    description: DESCRIPTION,
    backupType: "EntireOrganization",
    ...idsOf(place),
    schedulePolicy: scheduleFor(wanted.schedule),
    isEnabled: true,
    runNow: false,
  };
  // The name is the vendor's unique key: what is found after a lost answer is the job just made.
  const find = async (): Promise<Job | undefined> => jobNamed(vendor, name);
  return (await vendor.post<Job>("/v8/Jobs", body, { find, settleMs: 0 })).id;
}

async function updateJob(
  vendor: RestClient,
  { job, wanted, place }: { job: Job; wanted: Inputs; place: Place },
): Promise<void> {
  const name = jobNameOf(wanted);
  const isSame =
    job.name === name &&
    job.backupType === "EntireOrganization" &&
    job.repositoryId === place.repository.id &&
    scheduleOf(job) === wanted.schedule;
  if (!isSame) {
    await vendor.put(`/v8/Jobs/${job.id}`, {
      name,
      description: DESCRIPTION,
      backupType: "EntireOrganization",
      repositoryId: place.repository.id,
      schedulePolicy: scheduleFor(wanted.schedule),
    });
  }
  if (!job.isEnabled) await vendor.post(`/v8/Jobs/${job.id}/enable`, {}, { idempotent: true });
}

async function exclusionsOf(
  vendor: RestClient,
  { id, organizationId }: Job,
): Promise<{ readonly left: ReadonlySet<string>; readonly directory: Directory }> {
  const [excluded, directory] = await Promise.all([
    excludedItems(vendor, id),
    directoryOf(vendor, organizationId),
  ]);
  return { left: namesOf(excluded, directory), directory };
}

/** Names of what the job leaves out, as the vendor has them. */
export const leftOut = async (vendor: RestClient, job: Job): Promise<ReadonlySet<string>> =>
  (await exclusionsOf(vendor, job)).left;

/** Names of what a job leaves out; an item that is not a mailbox or site keeps its own id. */
function namesOf(excluded: readonly ExcludedItem[], directory: Directory): ReadonlySet<string> {
  const names = new Map(
    [...directory.mailboxes, ...directory.sites].map(([name, { id }]) => [id, name] as const),
  );
  return new Set(excluded.map(({ id, user, site }) => names.get(user?.id ?? site?.id ?? id) ?? id));
}

interface Exceptions {
  readonly jobId: string;
  readonly place: Place;
  /** All that are signed for. */
  readonly exceptions: Inputs["exceptions"];
  /** Names that are to be left out from now on. */
  readonly leftOut: readonly string[];
  /** Names that are to be covered again. */
  readonly takenBack: readonly string[];
}

/**
 * Leaves out and takes back who was approved; whom somebody else left out stays so, which is drift. Gives the names of
 * exceptions that the vendor does not know yet.
 */
async function syncExceptions(vendor: RestClient, change: Exceptions): Promise<string[]> {
  const { jobId, place, exceptions, leftOut, takenBack } = change;
  const [excluded, directory] = await Promise.all([
    excludedItems(vendor, jobId),
    directoryOf(vendor, place.organization.id),
  ]);
  const present = namesOf(excluded, directory);
  const surplus = excluded.filter((item) => {
    const [name = item.id] = namesOf([item], directory);
    return takenBack.includes(name);
  });
  // Back in the backup first: that is what cannot wait.
  if (surplus.length > 0) {
    const ids = surplus.map(({ id }) => encodeURIComponent(id)).join(",");
    await vendor.delete(`/v8/Jobs/${jobId}/ExcludedItems?ids=${ids}`);
  }
  const known = (name: string): boolean =>
    directory.mailboxes.has(name) || directory.sites.has(name);
  const missing = exceptions.filter(({ name }) => leftOut.includes(name) && !present.has(name));
  const items = missing.flatMap(({ kind, name }): Omit<ExcludedItem, "id">[] => {
    const user = directory.mailboxes.get(name);
    const site = directory.sites.get(name);
    if (kind === "mailbox")
      return user === undefined ? [] : [{ type: "User", user: { id: user.id } }];
    if (site === undefined) return [];
    const { id, url, title, isCloud, isPersonal } = site;
    return [{ type: "Site", site: { id, url, title, isCloud, isPersonal } }];
  });
  if (items.length > 0) {
    await vendor.post(`/v8/Jobs/${jobId}/ExcludedItems`, items, {
      find: async () => {
        const now = namesOf(await excludedItems(vendor, jobId), directory);
        return missing.every(({ name }) => now.has(name) || !known(name)) ? {} : undefined;
      },
      settleMs: 0,
    });
  }
  return missing.map(({ name }) => name).filter((name) => !known(name));
}
