/**
 * Enrolments of a tenant, in the store of its record: the offer that an engineer made, each wrong code, and the proof of
 * whoever answered it. The store is write-once, so an offer is answered once, whoever else tries at that moment.
 */
import { DAY_MS } from "../core/calendar.ts";
import { createHash, randomBytes, randomInt } from "node:crypto";
import { z } from "zod";
import { decodeProof, email, encodeProof, instant, lineOfText, sha256 } from "../approval/index.ts";
import type { Enrolment, EnrolmentProof } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { Text } from "../core/language.ts";
import { LANGUAGES } from "../core/language.ts";
import type { OperationContext } from "./ports.ts";

const DAYS_TO_ANSWER = 7;
const MOST_WRONG_CODES = 5;
const CODE_DIGITS = 8;

const offerSchema = z.strictObject({
  email,
  name: lineOfText,
  company: lineOfText,
  language: z.enum(LANGUAGES),
  /** Made by the person, for one more device. Left out: by the provider, for the device that decides from then on. */
  spare: z.literal(true).exactOptional(),
  /** With the link's token in it: whoever reads the store cannot try the codes. */
  codeHash: z.string(),
  expires: instant,
});
export type EnrolmentOffer = z.infer<typeof offerSchema> & { readonly id: string };

type Ports = Pick<OperationContext, "records" | "now">;

export interface NewOffer {
  /** Stands in the link. */
  readonly token: string;
  /** Goes another way than the link. */
  readonly code: string;
  /** UTC. */
  readonly expires: string;
}

export async function makeOffer(
  { records, now }: Ports,
  stack: string,
  about: Pick<EnrolmentOffer, "email" | "name" | "company" | "language" | "spare">,
): Promise<NewOffer> {
  const token = randomBytes(32).toString("base64url");
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");
  const expires = new Date(now().getTime() + DAYS_TO_ANSWER * DAY_MS).toISOString();
  const offer = { ...about, codeHash: hashOfCode(token, code), expires };
  const bytes = Buffer.from(JSON.stringify(offerSchema.parse(offer)));
  await records.putIfAbsent(`${folderOf(stack, sha256(token))}offer.json`, bytes);
  return { token, code, expires };
}

/** Reads only: mail scanners open every link. @throws ExpectedError `enrolment-refused` */
export async function openOffer(
  { records, now }: Ports,
  { stack, token }: { readonly stack: string; readonly token: string },
): Promise<EnrolmentOffer> {
  const id = sha256(token);
  const folder = folderOf(stack, id);
  const bytes = await records.get(`${folder}offer.json`);
  if (bytes === undefined) throw refused("unknown");
  const offer = readOffer(bytes);
  if ((await records.get(`${folder}proof.json`)) !== undefined) throw refused("used");
  const wrong = await records.list(`${folder}wrong-`);
  if (offer.expires <= now().toISOString() || wrong.length >= MOST_WRONG_CODES)
    throw refused("over");
  return { ...offer, id };
}

/** The offer, when the code is right; a wrong one is counted. @throws ExpectedError `enrolment-refused` */
export async function openOfferWithCode(
  ports: Ports,
  asked: { readonly stack: string; readonly token: string; readonly code: string },
): Promise<EnrolmentOffer> {
  const { stack, token } = asked;
  const offer = await openOffer(ports, asked);
  const code = asked.code.replaceAll(/\D/g, "");
  const folder = folderOf(stack, offer.id);
  if (hashOfCode(token, code) === offer.codeHash) return offer;
  for (let count = 1; count <= MOST_WRONG_CODES; count++) {
    if (await ports.records.putIfAbsent(`${folder}wrong-${count}.json`, Buffer.from("{}"))) break;
  }
  throw refused("code");
}

/** @throws ExpectedError `enrolment-refused` when somebody answered the offer before, and what `decodeProof` throws */
export async function answerOffer(
  { records }: Ports,
  { enrolment, signature }: EnrolmentProof,
): Promise<void> {
  const bytes = encodeProof({ enrolment, signature });
  decodeProof(bytes);
  const folder = folderOf(enrolment.stack, enrolment.offer);
  if (!(await records.putIfAbsent(`${folder}proof.json`, bytes))) throw refused("used");
}

/** The newest proof of each person whom the provider asked, by address. */
export async function enrolledPasskeys(
  ports: Pick<Ports, "records">,
  stack: string,
): Promise<ReadonlyMap<string, Enrolment>> {
  const asked = (await enrolments(ports, stack)).filter(({ isSpare }) => !isSpare);
  return new Map(asked.map((one) => [one.email, one]));
}

/** What people proved to have, oldest first; `isSpare`: as one more device. */
export async function enrolments(
  { records }: Pick<Ports, "records">,
  stack: string,
): Promise<readonly (Enrolment & { readonly isSpare: boolean })[]> {
  const keys = (await records.list(`${stack}/enrolments/`)).filter((key) =>
    key.endsWith("/proof.json"),
  );
  const proofs = await Promise.all(
    keys.map(async (key) => {
      const proof = decodeProof((await records.get(key)) ?? new Uint8Array());
      const offer = await records.get(`${folderOf(stack, proof.offer)}offer.json`);
      return { ...proof, isSpare: offer !== undefined && readOffer(offer).spare === true };
    }),
  );
  // Of another tenant's, copied here, none counts.
  const own = proofs.filter((one) => one.stack === stack);
  return own.toSorted((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1));
}

const readOffer = (bytes: Uint8Array): z.infer<typeof offerSchema> =>
  offerSchema.parse(JSON.parse(Buffer.from(bytes).toString()));

const folderOf = (stack: string, id: string): string => `${stack}/enrolments/${id}/`;

const hashOfCode = (token: string, code: string): string =>
  createHash("sha256").update(`${token} ${code}`).digest("hex");

const WHY: Readonly<Record<"unknown" | "used" | "over" | "code", Text>> = {
  unknown: { nl: "Deze link is niet geldig.", en: "This link is not valid." },
  used: { nl: "Deze link is al gebruikt.", en: "This link has been used already." },
  over: { nl: "Deze link is verlopen.", en: "This link has expired." },
  code: { nl: "De code klopt niet.", en: "The code is not right." },
};

const refused = (why: keyof typeof WHY): ExpectedError =>
  new ExpectedError("enrolment-refused", WHY[why], {
    hint:
      why === "code"
        ? { nl: "Controleer de code en probeer het opnieuw.", en: "Check the code and try again." }
        : {
            nl: "Vraag uw beheerder om een nieuwe link.",
            en: "Ask your provider for a new link.",
          },
  });
