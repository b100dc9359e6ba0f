/** Nobody is left who decides: announced by two of the provider, seven days, then registered by two. */
import { expect, it } from "vitest";
import { addSignature } from "../../approval/dsse.ts";
import type { Envelope } from "../../approval/dsse.ts";
import type { RecordPosition } from "../../approval/fields.ts";
import { openRecovery } from "../../approval/recovery.ts";
import { verifyRecord } from "../../approval/record.ts";
import { signObjection, signRecovery, signRegistration } from "../../approval/statement.ts";
import type { Predicates } from "../../approval/statements.ts";
import { anna, bram, codeOf, eva, ines, joost, minute, runner } from "./support.ts";
import { STACK, Story, TENANT, trustRoots } from "./support.ts";
import type { Person } from "./support.ts";

const WEEK = 7 * 24 * 60;
const owner = { tenantId: TENANT, stack: STACK };
const authorityOf = (...people: Person[]): Predicates["registration"]["authority"] => ({
  decisionMakers: people.map(({ name, email, key }) => ({ name, email, publicKey: key.publicKey })),
  deputies: [],
  required: 1,
});

const announcement =
  (at: number, by: Person[] = [ines, joost]) =>
  (seen: RecordPosition): Envelope =>
    by
      .map(({ key }) => key)
      .reduce(
        addSignature,
        signRecovery(
          {
            ...{ ...owner, seen, authority: authorityOf(eva), reason: "Telefoon kwijt" },
            ...{ evidence: "e5".repeat(32), announcedAt: minute(at) },
          },
          [],
        ),
      );

const registrationOf =
  (at: number, recovery: string, options: { by?: Person[]; who?: Person } = {}) =>
  (seen: RecordPosition): Envelope => {
    const { by = [ines, joost], who = eva } = options;
    const times = { validFrom: minute(at), validUntil: null, registeredAt: minute(at) };
    const said = { ...owner, seen, authority: authorityOf(who), recovery, ...times };
    return by.map(({ key }) => key).reduce(addSignature, signRegistration(said, []));
  };

it("is registered after seven days, stays marked, and gives the new one the decisions", async () => {
  const story = Story.registered();
  const id = story.add(10, announcement(10));
  story.add(10 + WEEK, registrationOf(10 + WEEK, id));
  story.decide(11 + WEEK, { by: eva });
  expect(story.record.registrations.at(-1)?.predicate.recovery).toBe(id);
  expect(await verifyRecord(story.bytes, { trustRoots })).toMatchObject({ ok: true });
});

it.each<[string, string, (story: Story, id: string) => void]>([
  ["a minute too early", "time", (story, id) => story.add(9 + WEEK, registrationOf(9 + WEEK, id))],
  [
    "of one person of the provider",
    "too-few-signers",
    (story, id) => story.add(10 + WEEK, registrationOf(10 + WEEK, id, { by: [ines] })),
  ],
  [
    "of a key that only applies",
    "unknown-signer",
    (story, id) => story.add(10 + WEEK, registrationOf(10 + WEEK, id, { by: [ines, runner] })),
  ],
  [
    "of somebody else than was announced",
    "reference",
    (story, id) => story.add(10 + WEEK, registrationOf(10 + WEEK, id, { who: bram })),
  ],
  [
    "that was never announced",
    "reference",
    (story) => story.add(10 + WEEK, registrationOf(10 + WEEK, "ab".repeat(32))),
  ],
  [
    "after somebody who decides objected",
    "reference",
    (story, id) => {
      story.add(20, (seen) =>
        signObjection(
          {
            ...{ ...owner, seen, objectsTo: id, objectedAt: minute(20) },
            decisionMaker: { email: anna.email, keyId: anna.key.keyId },
          },
          [anna.key],
        ),
      );
      expect(openRecovery(story.record)).toBeUndefined();
      story.add(10 + WEEK, registrationOf(10 + WEEK, id));
    },
  ],
  [
    "after somebody who decides signed anything else",
    "reference",
    (story, id) => {
      story.decide(20, { by: bram });
      story.add(10 + WEEK, registrationOf(10 + WEEK, id));
    },
  ],
  [
    "twice on one announcement",
    "reference",
    (story, id) => {
      story.add(10 + WEEK, registrationOf(10 + WEEK, id));
      story.add(11 + WEEK, registrationOf(11 + WEEK, id));
    },
  ],
])("is refused %s", (_what, code, attempt) => {
  const story = Story.registered();
  const id = story.add(10, announcement(10));
  expect(
    codeOf(() => {
      attempt(story, id);
    }),
  ).toBe(code);
});

it("is announced by two of the provider, after a first registration, and objected to by who decides", () => {
  const story = Story.registered();
  expect(codeOf(() => story.add(10, announcement(10, [ines])))).toBe("too-few-signers");
  expect(codeOf(() => story.add(10, announcement(10, [ines, anna])))).toBe("unknown-signer");
  expect(codeOf(() => new Story().add(10, announcement(10)))).toBe("not-registered");
  const id = story.add(10, announcement(10));
  const objection = (by: Person, objectsTo: string) => (seen: RecordPosition) =>
    signObjection(
      {
        ...{ ...owner, seen, objectsTo, objectedAt: minute(11) },
        decisionMaker: { email: by.email, keyId: by.key.keyId },
      },
      [by.key],
    );
  expect(codeOf(() => story.add(11, objection(eva, id)))).toBe("unknown-signer");
  expect(codeOf(() => story.add(11, objection(anna, "ab".repeat(32))))).toBe("reference");
});
