/** Who decides for a tenant, with which keys: what a registration says. */
import { z } from "zod";
import * as field from "./fields.ts";
import { passkeySchema } from "./passkeys.ts";

/** Somebody by name and address. */
export const person = { name: field.lineOfText, email: field.email };

const key = {
  publicKey: field.base64,
  /** Left out, as in every registration of before there were any: an Ed25519 key that signs by itself. */
  passkey: passkeySchema.exactOptional(),
  /** Other devices of the same person, each of which signs alike. Left out where there is none. */
  spares: z
    .array(z.strictObject({ publicKey: field.base64, passkey: passkeySchema }))
    .min(1)
    .max(4)
    .exactOptional(),
};

const deputy = z
  .strictObject({
    ...person,
    ...key,
    /** Address of the decision maker in whose place this deputy decides. */
    deputyFor: field.email,
    from: field.instant,
    /** Exclusive. */
    until: field.instant,
  })
  .refine(({ from, until }) => from < until, { path: ["until"], error: "after from" });
type Deputy = z.infer<typeof deputy>;

/** Who decides for a tenant, with which keys, and how many of them must agree. */
export const authorityFacts = z
  .strictObject({
    decisionMakers: z.array(z.strictObject({ ...person, ...key })).min(1),
    deputies: z.array(deputy),
    required: z.int().min(1),
  })
  .superRefine(({ decisionMakers, deputies, required }, context) => {
    const refuse = (path: string, message: string) => {
      context.addIssue({ code: "custom", path: [path], message });
    };
    const emails = new Set(decisionMakers.map(({ email }) => email));
    const held = decisionMakers.flatMap(devicesOf).map(({ publicKey }) => publicKey);
    const keys = new Set(held);
    if (emails.size < decisionMakers.length || keys.size < held.length) {
      refuse("decisionMakers", "each person and each key once");
    }
    if (required > decisionMakers.length) refuse("required", "no more than there are people");
    if (deputies.some((one) => emails.has(one.email) || hasKeyOf(one, keys))) {
      refuse("deputies", "a decision maker cannot also be a deputy");
    }
    if (deputies.some(({ deputyFor }) => !emails.has(deputyFor))) {
      refuse("deputies", "deputyFor must be a decision maker");
    }
    if (deputies.some((one, i) => deputies.slice(i + 1).some((other) => clash(one, other)))) {
      refuse("deputies", "one key per deputy, in the place of one person at a time");
    }
  });
export type AuthorityFacts = z.infer<typeof authorityFacts>;

/** Everybody whom a registration names; nobody where there is none. */
export const peopleOf = (
  authority: AuthorityFacts | undefined,
): (AuthorityFacts["decisionMakers"] | AuthorityFacts["deputies"])[number][] =>
  authority === undefined ? [] : [...authority.decisionMakers, ...authority.deputies];

/** The keys of one person, each of which signs for them. */
export const devicesOf = ({
  publicKey,
  passkey,
  spares = [],
}: Pick<Deputy, "publicKey" | "passkey" | "spares">): readonly Device[] => [
  { publicKey, passkey },
  ...spares,
];
interface Device {
  readonly publicKey: string;
  readonly passkey: Deputy["passkey"] | undefined;
}

const hasKeyOf = (one: Deputy, keys: ReadonlySet<string>): boolean =>
  devicesOf(one).some(({ publicKey }) => keys.has(publicKey));

/** Two entries that would let one person, or one key, count more than once. */
function clash(one: Deputy, other: Deputy): boolean {
  const sameEmail = one.email === other.email;
  const keys = new Set(devicesOf(other).map(({ publicKey }) => publicKey));
  if (sameEmail ? one.publicKey !== other.publicKey : hasKeyOf(one, keys)) return true;
  return sameEmail && one.from < other.until && other.from < one.until;
}
