/** Enrolling: a link, a code that went another way, a passkey that is made and then tried. Only the last step is kept. */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { base64, devicesOf, enrolmentChallenge, enrolmentSchema } from "../../approval/index.ts";
import { passkeySignature, readPasskeyKey } from "../../approval/index.ts";
import { answerOffer, fingerprint, openLedger, openOffer } from "../../operations/index.ts";
import { openOfferWithCode } from "../../operations/index.ts";
import type { RecordPorts } from "../../operations/index.ts";
import { enrolPage } from "./render.tsx";
import { bodyOf, NotOurs, pathPart, stackOf } from "./requests.ts";

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const code = z.string().max(40);
/** Between making the passkey and trying it. */
const TRY_WITHIN_MS = 15 * 60_000;

const linkOf = (c: Context) => ({ stack: stackOf(c), token: pathPart(c, "token", token) });

const madeForm = z.strictObject({
  ...{ code, isManaged: z.boolean(), publicKey: base64.max(2000) },
  credentialId: enrolmentSchema.shape.passkey.shape.credentialId,
});
const proofForm = z.strictObject({ code, enrolment: enrolmentSchema, signature: passkeySignature });

export function enrolmentRoutes(
  app: Hono,
  of: {
    readonly ports: RecordPorts;
    readonly relyingPartyId: string;
    readonly origin: string;
  },
): void {
  const { ports, relyingPartyId, origin } = of;

  app.get("/:stack/enrol/:token", async (c) => {
    const link = linkOf(c);
    const offer = await openOffer(ports, link);
    const around = { stack: link.stack, language: offer.language, relyingPartyId };
    return c.html(enrolPage(around, offer));
  });

  app.post("/:stack/enrol/:token/begin", async (c) => {
    const link = linkOf(c);
    const given = await bodyOf(c, z.strictObject({ code }));
    const { id, email, name, company } = await openOfferWithCode(ports, { ...link, ...given });
    const { record } = await openLedger(ports, link.stack);
    const known = record.registrations
      .flatMap(({ predicate: { authority } }) => [
        ...authority.decisionMakers,
        ...authority.deputies,
      ])
      .filter((person) => person.email === email);
    return c.json({
      company,
      // Another one for each offer: a device replaces what it has under the same id.
      user: { id: Buffer.from(id, "hex").toString("base64url"), name: email, displayName: name },
      exclude: [
        ...new Set(known.flatMap(devicesOf).flatMap(({ passkey }) => passkey?.credentialId ?? [])),
      ],
    });
  });

  app.post("/:stack/enrol/:token/request", async (c) => {
    const link = linkOf(c);
    const made = await bodyOf(c, madeForm);
    const { isManaged, publicKey, credentialId } = made;
    const offer = await openOfferWithCode(ports, { ...link, code: made.code });
    readPasskeyKey(publicKey);
    const enrolment = {
      ...{ stack: link.stack, email: offer.email, publicKey, offer: offer.id },
      passkey: { credentialId, relyingPartyId, origin, isManaged },
      requestedAt: ports.now().toISOString(),
    };
    const challenge = enrolmentChallenge(enrolment).toString("base64url");
    return c.json({ enrolment, challenge });
  });

  app.post("/:stack/enrol/:token/proof", async (c) => {
    const link = linkOf(c);
    const { enrolment, signature, ...given } = await bodyOf(c, proofForm);
    const offer = await openOfferWithCode(ports, { ...link, ...given });
    const { stack, email, offer: answered, passkey, requestedAt } = enrolment;
    const ageMs = ports.now().getTime() - Date.parse(requestedAt);
    const isOurs = [
      ...[stack === link.stack, answered === offer.id, email === offer.email],
      ...[passkey.relyingPartyId === relyingPartyId, passkey.origin === origin],
      ...[ageMs >= 0, ageMs < TRY_WITHIN_MS],
    ];
    if (!isOurs.every(Boolean)) throw new NotOurs(400);
    await answerOffer(ports, { enrolment, signature });
    return c.json({ fingerprint: fingerprint(enrolment.publicKey) });
  });
}
