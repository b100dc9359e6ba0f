/**
 * The plan: everything that one apply would do, as one plain value. People read renderings of it, an
 * approval names its digest, and apply continues only if it computes the same digest again.
 */
import { z } from "zod";
import { ERROR_AREAS } from "../../core/error-codes.ts";
import { rulesSchema } from "../../core/rules.ts";
import { LANGUAGES } from "../../core/language.ts";
import type { Text } from "../../core/language.ts";
import { TERM_ENDS } from "../../core/terms.ts";
import { OPERATIONS, SECTIONS, SEVERITIES } from "../../core/nouns.ts";
import type { Operation, Section, Severity } from "../../core/nouns.ts";

/** Changes with every change of the shape or of the meaning of a plan; part of the digest. */
export const PLAN_FORMAT = "tenantry.plan/v3";

/** Placeholder in a plan for a value that the engine keeps secret. */
export const SECRET = "[secret]";

const sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const textSchema = z.strictObject({ nl: z.string(), en: z.string() });
const instant = z.iso.datetime();
const day = z.iso.date();

const shownAs = z
  .strictObject({ before: z.json().exactOptional(), after: z.json().exactOptional() })
  .exactOptional();

/** One element of a list that comes (no `before`), goes (no `after`) or differs. */
const elementChangeSchema = z.strictObject({
  /** Identifies it among the elements of its list, whatever their order. */
  key: z.string(),
  before: z.json().exactOptional(),
  after: z.json().exactOptional(),
  shownAs,
});

/**
 * One property that differs: where it starts, its base, and where it leads. `path` is the input's path, such as
 * `address.city`. Of a list there are the elements that differ, and neither base nor target as a whole.
 */
const propertyChangeSchema = z.strictObject({
  path: z.string(),
  /** released: left out of the declaration, so no longer managed and left as it is. */
  kind: z.enum(["added", "changed", "removed", "released"]),
  /** Left out where there is nothing. Secrets are "[secret]". */
  before: z.json().exactOptional(),
  /** Left out where nothing is left, when it is released, and when the value is not known before apply. */
  after: z.json().exactOptional(),
  /** Sorted by key. */
  elements: z.array(elementChangeSchema).exactOptional(),
  /** How many elements stay. Not part of the digest. */
  kept: z.int().nonnegative().exactOptional(),
  /** The same elements in another order. */
  reordered: z.literal(true).exactOptional(),
  /** The value is, or contains, a secret: shown as changed, never shown. */
  secret: z.boolean(),
  /** It becomes managed and nobody has read it yet: the base is nothing, so that anything found there stops an apply. */
  unread: z.literal(true).exactOptional(),
  /** What people read instead of the values: the names of people of whom those are the ids. */
  shownAs,
  /** Where the value, or a part of it, is not known before apply: which parts (`[*]` for any element), and why. */
  unknown: z
    .strictObject({ reason: z.literal("assigned-by-service"), paths: z.array(z.string()).min(1) })
    .exactOptional(),
});

/** Options of the resource as they will be, where they matter to what happens. */
const optionsSchema = z.strictObject({
  parent: z.string(),
  /** URN of the provider, without its id; empty for a component. */
  provider: z.string(),
  protect: z.boolean(),
  retainOnDelete: z.boolean(),
  deleteBeforeReplace: z.boolean(),
  deletedWith: z.string().exactOptional(),
  /** Properties that force a replacement. */
  replaceReasons: z.array(z.string()),
  /** Differences that the declaration asks the engine not to act on. */
  ignoreChanges: z.array(z.string()),
  /** Differences that the declaration asks the engine not to show; shown here all the same. */
  hideDiffs: z.array(z.string()),
  /** Names that the object had before: with one of them it is found in the state, and keeps its place there. */
  aliases: z.array(z.string()),
});

const resourceChange = {
  urn: z.string(),
  /** URN in the state, where the object is renamed. */
  formerUrn: z.string().exactOptional(),
  type: z.string(),
  operation: z.enum(OPERATIONS),
  properties: z.array(propertyChangeSchema),
  options: optionsSchema,
  /** Options that differ from those in the state, such as a protection that is taken away. */
  optionChanges: z.array(propertyChangeSchema),
  /**
   * What the change starts from: the object with this id under this unique key; without an id, nothing under this
   * key. Empty where the type has no unique key.
   */
  base: z.strictObject({
    id: z.string().exactOptional(),
    key: z.record(z.string(), z.string()),
  }),
};

/** What the change costs or commits to. */
const commitmentSchema = z.strictObject({
  ...textSchema.shape,
  /** The product by the name that customers know. */
  product: z.string(),
  countBefore: z.int().nonnegative(),
  countAfter: z.int().nonnegative(),
  /** Calendar day until which the count cannot fall. */
  until: day.exactOptional(),
  /** The count from that day on, where the tenant file names one. */
  atRenewal: z.int().nonnegative().exactOptional(),
  /** What happens on that day, where the tenant file says so. */
  atTermEnd: z.enum(TERM_ENDS).exactOptional(),
  /** What that term comes to from its first day to its last, excluding VAT; how much of it is left, the page says. */
  total: z
    .strictObject({
      since: day,
      amount: z.string().regex(/^\d+(\.\d+)?$/),
      /** ISO 4217. */
      currency: z.string(),
    })
    .exactOptional(),
});

/** What a change of the number of licences costs more; by the price in the tenant file, left out where it has none. */
const costSchema = z.strictObject({
  /** The product by the name that customers know. */
  product: z.string(),
  price: z
    .strictObject({
      /** Excluding VAT, exact: "247.2"; "-12" where it costs less. */
      perYear: z.string().regex(/^-?\d+(\.\d+)?$/),
      /** ISO 4217. */
      currency: z.string(),
      /** Day of the price list. */
      asOf: day,
    })
    .exactOptional(),
});

const changeSchema = z.strictObject({
  ...resourceChange,
  /** What people call the object: a display name, an address, a title. */
  name: z.string(),
  /** Ids and unique keys of the object, before and after, in lower case and sorted. */
  identifiers: z.array(z.string()),
  section: z.enum(SECTIONS),
  /** One sentence. Not part of the digest. */
  description: textSchema,
  severity: z.enum(SEVERITIES),
  /** Names of the people, groups or sites that notice it. */
  affected: z.array(z.string()),
  commitment: commitmentSchema.exactOptional(),
  cost: costSchema.exactOptional(),
  /**
   * Paths that somebody changed in the tenant by hand and that this puts back; empty for an object that was taken away
   * there and is made again. Not part of the digest.
   */
  byHand: z.array(z.string()).exactOptional(),
  /** Why an object goes and what happens to its data, in the words of the tenant file. */
  removal: z.strictObject({ reason: z.string(), data: z.string() }).exactOptional(),
  /**
   * What the tenant file says of an object of this name in the recycle bin, where one is created: restored, with what
   * it had, or left there.
   */
  recycleBin: z.enum(["restore", "leave"]).exactOptional(),
  /** Why somebody who is blocked is, in the words of the tenant file. */
  blockedBecause: z.string().exactOptional(),
  /** Why an object is no longer managed, in the words of the tenant file. */
  releaseReason: z.string().exactOptional(),
});

/** Another right of somebody on a site; left out is none. */
const siteRightSchema = z.strictObject({
  url: z.string(),
  title: z.string(),
  before: z.string().exactOptional(),
  after: z.string().exactOptional(),
});

/**
 * What somebody has more or less once the plan is applied, directly and through groups together: an exchange of ways
 * is none. A group stands for its members where those are not managed.
 */
const consequenceSchema = z.strictObject({
  holder: z.enum(["user", "group"]),
  /** User principal name after the plan, or mail nickname. */
  name: z.string(),
  /** By skuPartNumber, sorted. */
  products: z.strictObject({ gained: z.array(z.string()), lost: z.array(z.string()) }),
  mailbox: z.enum(["gained", "lost"]).exactOptional(),
  /** Sorted by address. */
  sites: z.array(siteRightSchema),
  /** Something that is not managed may give a lost product all the same. */
  asFarAsKnown: z.literal(true).exactOptional(),
  /** All seats are taken and others wait for theirs: for some seconds they may have neither product. */
  swaps: z.literal(true).exactOptional(),
  /** Changes that bring it about, sorted. */
  urns: z.array(z.string()),
});

/** A change of the program's scaffolding (component, provider, the stack's outputs): no news for people, but covered. */
const structureChangeSchema = z.strictObject(resourceChange);

const objectSchema = z.strictObject({
  section: z.enum(SECTIONS),
  name: z.string(),
  /** URN, where the object has one. */
  urn: z.string().exactOptional(),
  /** Why it is left alone, where there is a reason beyond "nothing differs". */
  reason: textSchema.exactOptional(),
});

/** What speaks against the plan as it is, or has to be known before it is approved. */
const findingSchema = z.strictObject({
  code: z.enum(ERROR_AREAS.findings),
  source: z.enum(["policy", "omission", "safeguard"]),
  /** The rule of the policy pack, where one found it. */
  rule: z.string().exactOptional(),
  /** What it is about, sorted; empty when it is about the tenant as a whole. */
  urns: z.array(z.string()),
  /** One sentence. Not part of the digest. */
  message: textSchema,
  /**
   * nothing: such a plan is never applied; declaration: the tenant file must say something else first;
   * second-approver: two decision makers must agree; none-needed: for information.
   */
  clearedBy: z.enum(["nothing", "declaration", "second-approver", "none-needed"]),
});

const countsSchema = z.strictObject({
  create: z.int().nonnegative(),
  update: z.int().nonnegative(),
  replace: z.int().nonnegative(),
  delete: z.int().nonnegative(),
  adopt: z.int().nonnegative(),
  forget: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  unmanaged: z.int().nonnegative(),
});

const tenantSchema = z.strictObject({
  stack: z.string().min(1),
  /** The directory's id, a GUID in lower case. */
  tenantId: z.string().min(1),
  displayName: z.string(),
  language: z.enum(LANGUAGES),
});

const toolSchema = z.strictObject({
  tenantry: z.string(),
  engine: z.string(),
  policyPack: z.strictObject({ name: z.string(), version: z.string(), digest: sha256 }),
  providers: z.array(z.strictObject({ name: z.string(), version: z.string() })),
  /** Digest of the settings of the workspace: where the services, the state and the backup are. */
  settings: sha256.exactOptional(),
});

export const planSchema = z.strictObject({
  format: z.literal(PLAN_FORMAT),
  tenant: tenantSchema,
  tool: toolSchema,
  rules: z.strictObject({
    /** Those of the newest signed application entry; null: nothing was applied yet. */
    applied: rulesSchema.nullable(),
    proposed: rulesSchema,
  }),
  /** Options that the program gives to what the plan leaves alone, each combination of a type once, sorted. */
  otherOptions: z.array(
    z.strictObject({
      type: z.string(),
      deleteBeforeReplace: z.boolean().exactOptional(),
      deletedWith: z.string().exactOptional(),
      ignoreChanges: z.array(z.string()).exactOptional(),
    }),
  ),
  /** Sorted by URN. */
  changes: z.array(changeSchema),
  /** Of those who notice one, sorted by holder and name. */
  consequences: z.array(consequenceSchema),
  structure: z.array(structureChangeSchema),
  counts: countsSchema,
  /** Managed, nothing differs. */
  unchanged: z.array(objectSchema),
  /** Not declared: seen, or a section left out of the tenant file; never touched. */
  unmanaged: z.array(objectSchema),
  /** Everything that speaks against it, from every source; `admission` judges it. */
  findings: z.array(findingSchema),
  /** UTC. Not part of the digest. */
  createdAt: instant,
});

export type PropertyChange = z.infer<typeof propertyChangeSchema>;
export type ElementChange = z.infer<typeof elementChangeSchema>;
export type ChangeOptions = z.infer<typeof optionsSchema>;
type Commitment = z.infer<typeof commitmentSchema>;
export type Change = z.infer<typeof changeSchema>;
/** What a change starts from, as it is compared with the tenant. */
export type Start = Pick<
  Change,
  "urn" | "formerUrn" | "type" | "operation" | "name" | "properties" | "base" | "recycleBin"
>;
export type Consequence = z.infer<typeof consequenceSchema>;
export type SiteRight = z.infer<typeof siteRightSchema>;
export type StructureChange = z.infer<typeof structureChangeSchema>;
export type ObjectRef = z.infer<typeof objectSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Counts = z.infer<typeof countsSchema>;
export type Tenant = z.infer<typeof tenantSchema>;
export type Tool = z.infer<typeof toolSchema>;
export type Plan = z.infer<typeof planSchema>;

/** What a change means to the customer; each resource's own `describe` makes it. */
export interface Description extends Text {
  readonly section: Section;
  readonly severity: Severity;
  readonly affected: readonly string[];
  readonly commitment?: Commitment;
  readonly cost?: z.infer<typeof costSchema>;
}

/** A change as `describe` sees it. An object that is forgotten is described as one that is deleted. */
interface DescribedChange {
  readonly type: string;
  readonly operation: Exclude<Operation, "forget">;
  readonly before: Readonly<Record<string, unknown>> | undefined;
  readonly after: Readonly<Record<string, unknown>> | undefined;
  readonly changedPaths: readonly string[];
}

export type Describe = (change: DescribedChange) => Description | undefined;
