/** Who decides: signing how it is to become, and one's own devices. */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { base64, passkeySignature } from "../../approval/index.ts";
import {
  authorityInForce,
  draftObjection,
  offerDevice,
  ownDevices,
  proposeDevices,
  recordObjection,
  signRegistrationByPasskey,
  waitingRegistrations,
} from "../../operations/index.ts";
import type { RecordPorts } from "../../operations/index.ts";
import { devicesPage, registrationPage } from "./render.tsx";
import type { Around } from "./render.tsx";
import { bodyOf, NotOurs, pathPart, stackOf } from "./requests.ts";
import type { PortalSession } from "./sessions.ts";

const idForm = z.string().regex(/^[0-9a-f]{64}$/);
const signatureForm = z.strictObject({ signature: passkeySignature });
const statementForm = signatureForm.extend({ payload: base64 });
const changeForm = z.union([z.strictObject({ add: idForm }), z.strictObject({ remove: idForm })]);

/** What each page of somebody who is signed in needs. */
export interface SignedInRoutes {
  readonly ports: RecordPorts;
  readonly origin: string;
  readonly around: (c: Context) => Around;
  readonly signedInBy: (c: Context) => Promise<PortalSession>;
}

export function registrationRoutes(app: Hono, of: SignedInRoutes): void {
  const { ports, origin, around, signedInBy } = of;

  app.get("/:stack/registrations/:id", async (c) => {
    const session = await signedInBy(c);
    const [stack, id] = [stackOf(c), pathPart(c, "id", idForm)];
    const waiting = (await waitingRegistrations(ports, stack)).find((one) => one.id === id);
    const present = await authorityInForce(ports, stack);
    if (waiting === undefined || present === undefined) throw new NotOurs(404);
    const shown = { waiting, present, email: session.holder.email };
    return c.html(registrationPage({ ...around(c), session }, shown));
  });
  app.post("/:stack/registrations/:id/signature", async (c) => {
    const { holder } = await signedInBy(c);
    const asked = { stack: stackOf(c), id: pathPart(c, "id", idForm), holder };
    const signed = await bodyOf(c, signatureForm);
    return c.json(await signRegistrationByPasskey(ports, { ...asked, ...signed }));
  });

  app.post("/:stack/objection/statement", async (c) => {
    const { holder } = await signedInBy(c);
    return c.json(await draftObjection(ports, { stack: stackOf(c), holder }));
  });
  app.post("/:stack/objection", async (c) => {
    const { holder } = await signedInBy(c);
    const signed = await bodyOf(c, statementForm);
    await recordObjection(ports, { stack: stackOf(c), holder, ...signed });
    return c.json({});
  });

  app.get("/:stack/devices", async (c) => {
    const session = await signedInBy(c);
    const devices = await ownDevices(ports, { stack: stackOf(c), holder: session.holder });
    return c.html(devicesPage({ ...around(c), session }, devices));
  });
  app.post("/:stack/devices/offer", async (c) => {
    const { holder } = await signedInBy(c);
    const { path, code } = await offerDevice(ports, { stack: stackOf(c), holder });
    return c.json({ link: `${origin}${path}`, code });
  });
  app.post("/:stack/devices/registration", async (c) => {
    const { holder } = await signedInBy(c);
    const change = await bodyOf(c, changeForm);
    return c.json({ id: await proposeDevices(ports, { stack: stackOf(c), holder, change }) });
  });
}
