/** What the rules need to know of a stack's resources, read and checked once. */
import { z } from "zod";
import type { RuleResource } from "./rule.ts";

const address = z.string().toLowerCase();
const day = z.iso.date();

const tenant = z.object({
  contract: z.object({ start: day, end: day }),
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
});

const user = z.object({
  objectId: z.string().optional(),
  userPrincipalName: address,
  usageLocation: z.string().optional(),
});

const licenses = z.array(z.object({ sku: z.string() }));

const shapes = {
  "m365:directory:Tenant": tenant,
  "m365:backup:Policy": backup,
  "azuread:index/user:User": user,
  "m365:licensing:UserLicense": z.object({
    userId: z.string().optional(),
    userPrincipalName: address,
    licenses,
  }),
  "m365:licensing:GroupLicense": z.object({
    groupId: z.string().optional(),
    groupName: address,
    licenses,
  }),
  "m365:directory:GroupMembership": z.object({
    groupId: z.string().optional(),
    groupName: address,
    members: z
      .array(z.object({ id: z.string().optional(), userPrincipalName: address }))
      .default([]),
  }),
  "m365:sharepoint:Site": z.object({ url: address }),
} as const;

type Token = keyof typeof shapes;

interface Facts<S extends z.ZodObject> {
  readonly urn: string;
  readonly props: z.output<S>;
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
  return { urn: resource.urn, props: shape.parse(Object.fromEntries(wanted)) };
}

/**
 * The addresses of everybody who holds a licence, directly or through a group: they have a mailbox or files. Ids count
 * before names: of a list that does not change the engine shows the names of before a rename.
 */
export function licensedPeople(resources: readonly RuleResource[]): ReadonlySet<string> {
  const names = new Map(
    resourcesOf(resources, "azuread:index/user:User").map(({ props }) => [
      props.objectId,
      props.userPrincipalName,
    ]),
  );
  const nameOf = (id: string | undefined, name: string): string =>
    (id === undefined ? undefined : names.get(id)) ?? name;
  const people = new Set<string>();
  for (const { props } of resourcesOf(resources, "m365:licensing:UserLicense")) {
    if (props.licenses.length > 0) people.add(nameOf(props.userId, props.userPrincipalName));
  }
  const groupOf = (props: { groupId?: string | undefined; groupName: string }): string =>
    props.groupId ?? props.groupName;
  const licensedGroups = new Set(
    resourcesOf(resources, "m365:licensing:GroupLicense")
      .filter(({ props }) => props.licenses.length > 0)
      .map(({ props }) => groupOf(props)),
  );
  for (const { props } of resourcesOf(resources, "m365:directory:GroupMembership")) {
    if (licensedGroups.has(groupOf(props)))
      props.members.forEach(({ id, userPrincipalName }) =>
        people.add(nameOf(id, userPrincipalName)),
      );
  }
  return people;
}
