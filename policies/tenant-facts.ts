/** What the rules need to know of a stack's resources, read and checked once. */
import { z } from "zod";
import { SCHEDULE_NAMES } from "../core/backup-schedules.ts";
import { COPY_KINDS } from "../core/copy-kinds.ts";
import { knownText } from "./known-values.ts";
import type { RuleResource } from "./rule.ts";

const address = z.string().toLowerCase();
const day = z.iso.date();

const tenant = z.object({
  contract: z.object({
    start: day,
    end: day,
    promises: z
      .object({ backupSchedule: z.enum(SCHEDULE_NAMES), backupYears: z.number().optional() })
      .optional(),
  }),
  approval: z.object({
    required: z.number(),
    decisionMakers: z.array(z.object({ name: z.string(), email: address })),
  }),
  managedBy: z.object({ name: z.string(), domains: z.array(address) }),
});

const exception = z.object({
  kind: z.enum(["mailbox", "site"]),
  name: address,
  disclaimer: z.object({ signedBy: z.string().min(1), signedOn: day, document: z.string().min(1) }),
});

const backup = z.object({
  operator: z.string(),
  location: z.object({ name: z.string(), country: z.string() }),
  retention: z.object({ until: day.optional(), years: z.number().optional() }),
  mailboxes: z.array(address),
  sites: z.array(address),
  exceptions: z.array(exception).default([]),
  kinds: z.array(z.enum(COPY_KINDS)).default([...COPY_KINDS]),
  schedule: z.enum(SCHEDULE_NAMES).default("daily"),
  isIncremental: z.boolean().default(true),
  keyHeldBy: z.string().optional(),
});

const user = z.object({
  userPrincipalName: address,
  usageLocation: z.string().optional(),
});

const guest = z.object({ email: address, until: day.optional() });

const licenses = z.array(z.object({ sku: z.string() }));

const shapes = {
  "m365:directory:Tenant": tenant,
  "m365:backup:Policy": backup,
  "azuread:index/user:User": user,
  "m365:directory:Guest": guest,
  "m365:licensing:UserLicense": z.object({ userPrincipalName: address, licenses }),
  "m365:licensing:GroupLicense": z.object({ groupName: address, licenses }),
  "m365:directory:GroupMembership": z.object({
    groupName: address,
    members: z.array(z.object({ userPrincipalName: address })).default([]),
  }),
  "m365:exchange:SharedMailbox": z.object({ address }),
  "m365:exchange:MailboxType": z.object({ userPrincipalName: address }),
  "m365:sharepoint:Site": z.object({ url: address }),
} as const;

type Token = keyof typeof shapes;

interface Facts<S extends z.ZodObject> {
  readonly urn: string;
  readonly props: z.output<S>;
  /** The id at this path; undefined where it is not known before apply. */
  readonly idAt: (path: string) => string | undefined;
}

/** The resources of one type with the properties that most rules ask for. */
export function resourcesOf<T extends Token>(
  resources: readonly RuleResource[],
  token: T,
): Facts<(typeof shapes)[T]>[] {
  return resources
    .filter((resource) => resource.type === token)
    .map((resource) => read(resource, shapes[token]));
}

/** Touches the named properties only, since others may be unknown; another shape than asked for is our bug. */
export function read<S extends z.ZodObject>(resource: RuleResource, shape: S): Facts<S> {
  const wanted = Object.keys(shape.shape).map((key) => [key, resource.props[key]]);
  return {
    urn: resource.urn,
    props: shape.parse(Object.fromEntries(wanted)),
    idAt: (path) => knownText(resource.props, path),
  };
}

/**
 * The addresses of everybody who holds a licence, directly or through a group: they have a mailbox or files. Ids count
 * before names: of a list that does not change the engine shows the names of before a rename.
 */
export function licensedPeople(resources: readonly RuleResource[]): ReadonlySet<string> {
  const users = resourcesOf(resources, "azuread:index/user:User");
  const names = new Map(
    users.map(({ props, idAt }) => [idAt("objectId"), props.userPrincipalName]),
  );
  const nameOf = (id: string | undefined, name: string): string =>
    (id === undefined ? undefined : names.get(id)) ?? name;
  const people = new Set<string>();
  for (const { props, idAt } of resourcesOf(resources, "m365:licensing:UserLicense")) {
    if (props.licenses.length > 0) people.add(nameOf(idAt("userId"), props.userPrincipalName));
  }
  const licensedGroups = new Set(
    resourcesOf(resources, "m365:licensing:GroupLicense")
      .filter(({ props }) => props.licenses.length > 0)
      .map(({ props, idAt }) => idAt("groupId") ?? props.groupName),
  );
  for (const { props, idAt } of resourcesOf(resources, "m365:directory:GroupMembership")) {
    if (!licensedGroups.has(idAt("groupId") ?? props.groupName)) continue;
    props.members.forEach(({ userPrincipalName }, at) => {
      people.add(nameOf(idAt(`members.${at}.id`), userPrincipalName));
    });
  }
  return people;
}
