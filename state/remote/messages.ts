/**
 * What crosses between a workspace and its server: each work of the database with the shape of its input and its answer,
 * the right that it takes, and the stack that it is about. Codecs, so that both sides use the one schema: a workspace
 * encodes, a server decodes and with that checks. In JSON, bytes are base64, times ISO 8601 in UTC, maps lists of pairs.
 */
import { z } from "zod";
import type { InputOf, OutputOf, WorkspaceWorkName } from "../database/works.ts";
import { stackOfTenant } from "../stacks/stack-name.ts";
import { leaseNameOf } from "../stacks/updates.ts";

/** Each holds what those before it hold. */
export const RIGHTS = ["read", "plan", "decide", "apply"] as const;
/**
 * `read`: everything that is kept. `plan`: keeps plans, pages and looks, and makes an empty stack. `decide`: adds
 * statements to records, which their signatures are judged by, and offers to enrol. `apply`: locks, and changes of the state.
 */
export type Right = (typeof RIGHTS)[number];

/** Of the parts of a request and an answer; both sides refuse another one. Raised when an input or an answer changes. */
export const PROTOCOL = "1";

const bytes = z.codec(z.string(), z.instanceof(Uint8Array), {
  decode: (text) => new Uint8Array(Buffer.from(text, "base64")),
  encode: (value) => Buffer.from(value).toString("base64"),
});
const time = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
/** JSON has no undefined: the key is left out. */
const maybe = <Out, In>(schema: z.ZodType<Out, In>): z.ZodType<Out | undefined, In | undefined> =>
  schema.optional();

const name = z.string().min(1).max(300);
/** `<organisation>/<project>/<name>`, each of them as the engine allows it. */
const stack = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100}$/);
const key = z
  .string()
  .max(500)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/);
const prefix = z
  .string()
  .max(500)
  .regex(/^[A-Za-z0-9._/-]*$/);
const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const tags = z.record(z.string(), z.string());
const json = z.record(z.string(), z.unknown());
const urns = z.array(z.string().max(2_000)).max(10_000);

/** No longer than the engine's own: who dies keeps others waiting for as long. */
const times = { lifetime: count.max(300_000), grace: count.max(300_000) };
const owner = z.object({
  user: name,
  host: name,
  pid: z.int(),
  table: z.string().max(300).exactOptional(),
});
const fence = z.object({ name, epoch: count, holder: name });
const leaseState = z.object({
  ...{ name, epoch: count, owner, purpose: name, since: time, expires: time, free: time },
  ...{ isAlive: z.boolean(), isBroken: z.boolean(), freeIn: z.number() },
});
const acquisition = z.discriminatedUnion("acquired", [
  z.object({ acquired: z.literal(true), epoch: count, previous: maybe(leaseState) }),
  z.object({ acquired: z.literal(false), current: leaseState }),
]);

const guard = z.object({ lease: name, fence: maybe(fence) });
/** Whoever has none sends an empty one, and is told as for a wrong one. */
const updateKey = z.object({ id: name, token: z.string().max(300) });
const stackInfo = z.object({
  ...{ stack, tags, version: count, latestUpdate: maybe(name) },
  running: maybe(z.object({ id: name, kind: name, started: time })),
});
const start = z.discriminatedUnion("started", [
  z.object({ started: z.literal(true), version: count }),
  z.object({ started: z.literal(false), why: z.enum(["missing", "held"]) }),
]);
const updateInfo = z.object({
  ...{ kind: name, startTime: count, message: z.string(), endTime: count, version: count },
  ...{
    environment: tags,
    config: json,
    resourceChanges: z.record(z.string(), z.number()).exactOptional(),
  },
  result: z.enum(["succeeded", "failed", "in-progress"]),
});
const begunBefore = z.codec(
  z.array(z.tuple([z.string(), z.iso.datetime()])),
  z.map(z.string(), z.date()),
  {
    decode: (pairs) => new Map(pairs.map(([urn, begun]) => [urn, new Date(begun)])),
    encode: (begun) => [...begun].map(([urn, date]): [string, string] => [urn, date.toISOString()]),
  },
);
const nothing = z.undefined();

/** A work of one stack never takes or breaks the lease of another. */
const isOwnLease = (input: { readonly stack: string; readonly lease: string }): boolean =>
  input.lease === leaseNameOf(input.stack);
const isOwnGuard = ({ stack: of, guard: { lease } }: GuardedInput): boolean =>
  isOwnLease({ stack: of, lease });

interface GuardedInput {
  readonly stack: string;
  readonly guard: { readonly lease: string };
}

interface Message<Name extends WorkspaceWorkName> {
  readonly input: z.ZodType<InputOf<Name>>;
  readonly output: z.ZodType<OutputOf<Name>>;
  readonly needs: Right | ((input: InputOf<Name>) => Right);
  /** From the checked input. */
  readonly about: (input: InputOf<Name>) => About;
  /** Its input may be as large as a state. */
  readonly isLarge?: true;
}
/** One stack; `every`: names of all, cut to those that the caller may see; `proved`: who holds the token of an update. */
export type About = { readonly stack: string } | "every" | "proved";

const ofStack = (input: { readonly stack: string }): About => ({ stack: input.stack });
const ofLease = (lease: string): About => ({ stack: lease.replace(/^stack\//, "") });
/** The first part of a key is the tenant's name. */
const ofKey = (text: string): About => ({ stack: stackOfTenant(text.replace(/\/.*/, "")) });
/** The token of an update was given to who began it, and to nobody else. */
const proved = (): About => "proved";

const KEPT_BY_PLANS = /^[^/]+\/(plans|planned|pages|looks)\//;
const KEPT_BY_DECISIONS =
  /^[^/]+\/(entries\/|registrations\/|enrolments\/[0-9a-f]{64}\/offer\.json$)/;

function rightToPut({ key: text }: { readonly key: string }): Right {
  if (KEPT_BY_PLANS.test(text)) return "plan";
  return KEPT_BY_DECISIONS.test(text) ? "decide" : "apply";
}

const update = z.object({ id: name, stack });

export const messages: { readonly [Name in WorkspaceWorkName]: Message<Name> } = {
  createStack: {
    input: z.object({ stack, tags }),
    output: z.boolean(),
    needs: "plan",
    about: ofStack,
  },
  getStack: { input: z.object({ stack }), output: maybe(stackInfo), needs: "read", about: ofStack },
  listStacks: { input: nothing, output: z.array(stack), needs: "read", about: () => "every" },
  setTags: {
    input: z.object({ stack, tags }),
    output: z.boolean(),
    needs: "apply",
    about: ofStack,
  },
  deleteStack: {
    input: z.object({ stack, isForced: z.boolean(), guard }).refine(isOwnGuard),
    output: z.enum(["removed", "missing", "filled", "held"]),
    needs: "apply",
    about: ofStack,
  },
  exportStack: {
    input: z.object({ stack, version: maybe(count) }),
    output: maybe(bytes),
    needs: "read",
    about: ofStack,
  },
  importStack: {
    input: z.object({ stack, id: name, content: bytes, guard }).refine(isOwnGuard),
    output: z.enum(["imported", "missing", "held"]),
    needs: "apply",
    about: ofStack,
    isLarge: true,
  },
  createUpdate: {
    input: update.extend({ kind: name, request: json }),
    output: z.boolean(),
    needs: "apply",
    about: ofStack,
  },
  startUpdate: {
    input: update
      .extend({
        ...{ token: name, tags: maybe(tags), engineVersion: z.string().max(100), lease: name },
        ...{ fence: maybe(fence), owner, ...times },
      })
      .refine(isOwnLease),
    output: start,
    needs: "apply",
    about: ofStack,
  },
  appendJournal: {
    input: z.object({ key: updateKey, body: bytes }),
    output: nothing,
    needs: "apply",
    about: proved,
    isLarge: true,
  },
  noteChanges: {
    input: z.object({ key: updateKey, changes: json }),
    output: nothing,
    needs: "apply",
    about: proved,
  },
  renewUpdate: {
    input: z.object({ key: updateKey, ...times }),
    output: nothing,
    needs: "apply",
    about: proved,
  },
  completeUpdate: {
    input: z.object({ key: updateKey, ending: z.enum(["succeeded", "failed", "cancelled"]) }),
    output: nothing,
    needs: "apply",
    about: proved,
  },
  cancelUpdate: {
    input: update
      .extend({ lease: name, fence: maybe(fence), isOwn: z.boolean() })
      .refine(isOwnLease),
    output: z.boolean(),
    needs: "apply",
    about: ofStack,
  },
  history: {
    input: z.object({ stack, limit: count.max(1_000), offset: count }),
    output: z.array(updateInfo),
    needs: "read",
    about: ofStack,
  },
  updateStatus: { input: update, output: maybe(z.string()), needs: "read", about: ofStack },
  openCreations: {
    input: stack,
    output: z.array(z.string()),
    needs: "read",
    about: (input) => ({ stack: input }),
  },
  beginCreations: {
    input: z.object({ stack, fence, urns }),
    output: begunBefore,
    needs: "apply",
    about: ofStack,
  },
  withdrawCreation: {
    input: z.object({ stack, fence, urn: z.string().max(2_000) }),
    output: nothing,
    needs: "apply",
    about: ofStack,
  },
  acquireLease: {
    input: z.object({
      name,
      holder: name,
      owner,
      purpose: name,
      gone: maybe(count).exactOptional(),
      ...times,
    }),
    output: acquisition,
    needs: "apply",
    about: (input) => ofLease(input.name),
  },
  renewLease: {
    input: z.object({ fence, ...times }),
    output: z.boolean(),
    needs: "apply",
    about: (input) => ofLease(input.fence.name),
  },
  releaseLease: {
    input: fence,
    output: nothing,
    needs: "apply",
    about: (input) => ofLease(input.name),
  },
  breakLease: { input: name, output: maybe(leaseState), needs: "apply", about: ofLease },
  currentLease: { input: name, output: maybe(leaseState), needs: "read", about: ofLease },
  putValue: {
    input: z.object({ key, value: bytes, fence: maybe(fence) }),
    output: z.boolean(),
    needs: rightToPut,
    about: (input) => ofKey(input.key),
    isLarge: true,
  },
  getValue: { input: key, output: maybe(bytes), needs: "read", about: ofKey },
  listKeys: {
    input: prefix,
    output: z.array(z.string()),
    needs: "read",
    about: (input) => (input.includes("/") ? ofKey(input) : "every"),
  },
};
