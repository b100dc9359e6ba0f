/**
 * The pages of decision makers. A GET shows and changes nothing, whoever opens it: mail scanners open every link. What
 * changes something is a POST of our own script, from this origin, and within a session with its token.
 */
import { readFileSync } from "node:fs";
import { Hono } from "hono";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { secureHeaders } from "hono/secure-headers";
import { z } from "zod";
import { base64, passkeySignature, remark } from "../../approval/index.ts";
import {
  appliedTenant,
  draftDecision,
  fingerprint,
  listProposals,
  openLedger,
} from "../../operations/index.ts";
import { draftWithdrawal, planForPage, receiptOf, recordDecision } from "../../operations/index.ts";
import {
  recordWithdrawal,
  recoveriesOf,
  waitingRegistrations,
  withdrawalState,
} from "../../operations/index.ts";
import type { RecordPorts } from "../../operations/index.ts";
import type { StateDatabase } from "../../state/index.ts";
import { STYLE, titleOf } from "../../views/index.ts";
import type { PortalSettings, ServerSettings } from "../settings.ts";
import { hashOf } from "../tokens.ts";
import { enrolmentRoutes } from "./enrolment-routes.ts";
import { registrationRoutes } from "./registration-routes.ts";
import {
  failurePage,
  listPage,
  proposalPage,
  receiptPage,
  signInPage,
  tenantPage,
} from "./render.tsx";
import { bodyOf, guard, languageOf, NotOurs, pathPart, SignedOut } from "./requests.ts";
import { stackOf, toldOf } from "./requests.ts";
import { beginSignIn, findPortalSession, finishSignIn } from "./sessions.ts";
import type { PortalSession } from "./sessions.ts";
import { ICON, PORTAL_STYLE } from "./style.ts";

const SCRIPT = readFileSync(new URL("./browser/portal.js", import.meta.url), "utf8");
const MOST_BYTES = 64 * 1024;
const COOKIE = "tenantry-portal";

const tooLarge = (): never => {
  throw new NotOurs(413);
};

const digestForm = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const sequenceForm = z.coerce.number().int().min(1);
const finishForm = z.strictObject({ credentialId: z.string(), signature: passkeySignature });
const statementForm = z.strictObject({ decision: z.enum(["approved", "refused"]), remark });
const decisionForm = z.strictObject({ payload: base64, signature: passkeySignature });

/** What a portal works on. */
interface PortalOptions {
  readonly database: StateDatabase;
  readonly settings: ServerSettings & { readonly portal: PortalSettings };
  readonly ports: RecordPorts;
}

export function portalRoutes({ database, settings, ports }: PortalOptions): Hono {
  const { relyingPartyId } = settings.portal;
  const { origin, protocol } = new URL(settings.url);
  const isSecure = protocol === "https:";
  const sessions = { database, ports };
  const app = new Hono();

  app.use(guard(origin));
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }));
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        ...{ baseUri: ["'none'"], objectSrc: ["'none'"], frameAncestors: ["'none'"] },
        formAction: ["'self'"],
      },
      strictTransportSecurity: isSecure && "max-age=31536000",
      xFrameOptions: "DENY",
    }),
  );

  app.get("/style.css", (c) => c.body(STYLE + PORTAL_STYLE, 200, { "content-type": "text/css" }));
  app.get("/portal.js", (c) => c.body(SCRIPT, 200, { "content-type": "text/javascript" }));
  app.get("/icon.svg", (c) => c.body(ICON, 200, { "content-type": "image/svg+xml" }));
  enrolmentRoutes(app, { ports, relyingPartyId, origin });
  registrationRoutes(app, { ports, origin, around, signedInBy });

  app.get("/:stack/sign-in", (c) => c.html(signInPage(around(c), `/portal/${stackOf(c)}`)));
  app.post("/:stack/sign-in/begin", async (c) =>
    c.json({ challenge: await beginSignIn(sessions, stackOf(c)) }),
  );
  app.post("/:stack/sign-in/finish", async (c) => {
    const asked = { stack: stackOf(c), ...(await bodyOf(c, finishForm)) };
    const token = await finishSignIn(sessions, asked);
    const cookie = { httpOnly: true, sameSite: "Strict", path: "/portal" } as const;
    setCookie(c, COOKIE, token, { ...cookie, secure: isSecure });
    return c.json({});
  });
  app.post("/:stack/sign-out", async (c) => {
    const { token } = await signedInBy(c);
    await database.run("endSession", hashOf(token));
    deleteCookie(c, COOKIE, { path: "/portal" });
    return c.json({});
  });

  app.get("/:stack", async (c) => {
    const session = await signedInBy(c);
    const proposals = await listProposals(ports, stackOf(c));
    const registrations = await waitingRegistrations(ports, stackOf(c));
    const recoveries = await recoveriesOf(ports, stackOf(c));
    const shown = { proposals, registrations, recoveries };
    return c.html(listPage({ ...around(c), session }, shown));
  });

  app.get("/:stack/tenant", async (c) => {
    const session = await signedInBy(c);
    const tenant = await appliedTenant(sessions, stackOf(c));
    return c.html(tenantPage({ ...around(c), session }, tenant));
  });

  app.get("/:stack/plans/:digest", async (c) => {
    const session = await signedInBy(c);
    const [stack, digest] = [stackOf(c), pathPart(c, "digest", digestForm)];
    const kept = await planForPage(ports, { stack, digest });
    const { waiting } = await listProposals(ports, stack);
    const isOpen = waiting.some((one) => one.kept.digest === digest);
    const { language } = kept.plan.tenant;
    const title = titleOf(kept.plan, kept.facts);
    return c.html(proposalPage({ ...around(c), language, session }, { kept, title, isOpen }));
  });
  app.post("/:stack/plans/:digest/statement", async (c) => {
    const { holder } = await signedInBy(c);
    const [stack, digest] = [stackOf(c), pathPart(c, "digest", digestForm)];
    const said = await bodyOf(c, statementForm);
    return c.json(await draftDecision(ports, { stack, digest, holder, ...said }));
  });
  app.post("/:stack/plans/:digest/decision", async (c) => {
    const { holder } = await signedInBy(c);
    const [stack, digest] = [stackOf(c), pathPart(c, "digest", digestForm)];
    const signed = await bodyOf(c, decisionForm);
    return c.json(await recordDecision(ports, { stack, digest, holder, ...signed }));
  });

  app.get("/:stack/receipts/:sequence", async (c) => {
    const session = await signedInBy(c);
    const { decision } = await ownReceipt(c, session);
    const { language } = decision.predicate.shown;
    const { record } = await openLedger(ports, stackOf(c));
    const shown = {
      ...{ decision, fingerprint: fingerprint(session.holder.publicKey) },
      state: withdrawalState(record, decision),
    };
    return c.html(receiptPage({ ...around(c), language, session }, shown));
  });
  app.post("/:stack/receipts/:sequence/withdrawal/statement", async (c) =>
    c.json(await draftWithdrawal(ports, await withdrawalIn(c))),
  );
  app.post("/:stack/receipts/:sequence/withdrawal", async (c) => {
    const asked = await withdrawalIn(c);
    return c.json(await recordWithdrawal(ports, { ...asked, ...(await bodyOf(c, decisionForm)) }));
  });
  app.get("/:stack/receipts/:sequence/proof.json", async (c) => {
    const { proof } = await ownReceipt(c, await signedInBy(c));
    return c.json(proof);
  });

  app.notFound(() => {
    throw new NotOurs(404);
  });
  app.onError((error, c) => {
    const told = toldOf(error);
    if (told === undefined) throw error;
    const { status, sentence, hint } = told;
    if (c.req.method === "POST") return c.json({ error: [sentence, hint] }, status);
    if (error instanceof SignedOut) return c.html(signInPage(around(c), c.req.path), status);
    return c.html(failurePage(around(c), { sentence, hint }), status);
  });
  return app;

  function around(c: Context) {
    return { stack: c.req.param("stack") ?? "", language: languageOf(c), relyingPartyId };
  }

  /** @throws SignedOut, and NotOurs 403 for a POST without the session's own token */
  async function signedInBy(c: Context): Promise<PortalSession> {
    const token = getCookie(c, COOKIE);
    const asked = token === undefined ? undefined : { stack: stackOf(c), token };
    const session = asked && (await findPortalSession(sessions, asked));
    if (session === undefined) throw new SignedOut();
    const isOurs = c.req.method !== "POST" || c.req.header("x-csrf-token") === session.csrf;
    if (!isOurs) throw new NotOurs(403);
    return session;
  }

  async function withdrawalIn(c: Context) {
    const { holder } = await signedInBy(c);
    return { stack: stackOf(c), sequence: pathPart(c, "sequence", sequenceForm), holder };
  }

  /** Of oneself only: what others said stands in the list. */
  async function ownReceipt(c: Context, { holder }: PortalSession) {
    const sequence = pathPart(c, "sequence", sequenceForm);
    const { record } = await openLedger(ports, stackOf(c));
    const receipt = await receiptOf(ports, { stack: stackOf(c), record, sequence });
    if (receipt?.decision.predicate.decisionMaker.email === holder.email) return receipt;
    throw new NotOurs(404);
  }
}
