/** The overview for the provider's engineers. It shows and changes nothing but who is signed in. */
import { Hono } from "hono";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { secureHeaders } from "hono/secure-headers";
import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Text } from "../../core/language.ts";
import {
  overview,
  planForPage,
  questionsOn,
  questionText,
  readLog,
  say,
  tenantSummary,
} from "../../operations/index.ts";
import type { StateDatabase } from "../../state/index.ts";
import { STYLE, titleOf } from "../../views/index.ts";
import {
  guard,
  languageOf,
  NotOurs,
  pathPart,
  SignedOut,
  stackOf,
  toldOf,
} from "../portal/requests.ts";
import { ICON, PORTAL_STYLE } from "../portal/style.ts";
import { recordPorts } from "../record-ports.ts";
import { hashOf, newToken } from "../tokens.ts";
import { Entra } from "./entra.ts";
import { failurePage, FILTERS, overviewPage, planPage, signInPage, tenantPage } from "./pages.tsx";
import type { EngineersSettings } from "./settings.ts";

const [COOKIE, BEGUN] = ["tenantry-engineers", "tenantry-engineers-begun"];
const SIGN_IN_MS = 10 * 60_000;
const SESSION_MS = 8 * 60 * 60_000;

/** An answer of 2,000 characters, encoded as a form does. */
const MOST_BYTES = 64 * 1024;
const answerSchema = z.object({ answer: questionText });
const sessionSchema = z.strictObject({ engineer: z.string(), groups: z.array(z.string()) });
const filterSchema = z.object({
  search: z.string().max(100).default("").catch(""),
  show: z.enum(FILTERS).default("all").catch("all"),
});
const digestForm = z.string().regex(/^sha256:[0-9a-f]{64}$/);

interface EngineersOptions {
  /** Of the server. */
  readonly url: string;
  readonly engineers: EngineersSettings;
}

interface Session {
  readonly name: string;
  /** Undefined: all. */
  readonly tenants: readonly string[] | undefined;
}

/** @throws ExpectedError those of the trust roots */
export function openEngineers(database: StateDatabase, { engineers, url }: EngineersOptions): Hono {
  const ports = recordPorts(database, engineers.trustRoots);
  const { origin, protocol } = new URL(url);
  const cookie = { httpOnly: true, path: "/engineers", secure: protocol === "https:" } as const;
  const entra = new Entra(engineers, url);
  const app = new Hono();

  app.use(guard(origin));
  app.use(
    bodyLimit({
      maxSize: MOST_BYTES,
      onError: () => {
        throw new NotOurs(413);
      },
    }),
  );
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        ...{ styleSrc: ["'self'"], imgSrc: ["'self'"], formAction: ["'self'"] },
        ...{ baseUri: ["'none'"], frameAncestors: ["'none'"] },
      },
      strictTransportSecurity: protocol === "https:" && "max-age=31536000",
      xFrameOptions: "DENY",
    }),
  );

  app.get("/style.css", (c) => c.body(STYLE + PORTAL_STYLE, 200, { "content-type": "text/css" }));
  app.get("/icon.svg", (c) => c.body(ICON, 200, { "content-type": "image/svg+xml" }));

  app.get("/sign-in", async (c) => {
    const secret = newToken();
    // Lax: Entra's answer is a link from another site.
    setCookie(c, BEGUN, secret, { ...cookie, sameSite: "Lax", maxAge: SIGN_IN_MS / 1000 });
    return c.redirect(await entra.addressOf(secret));
  });
  app.get("/callback", async (c) => {
    const secret = getCookie(c, BEGUN);
    if (secret === undefined) throw new SignedOut();
    deleteCookie(c, BEGUN, { path: cookie.path });
    const { name, groups } = await entra.finish(secret, new URL(c.req.url).search);
    const token = newToken();
    const isFirst = await database.run("beginSession", {
      used: { id: `engineers/${hashOf(secret)}`, expires: Date.now() + SIGN_IN_MS },
      hash: hashOf(token),
      access: JSON.stringify({ engineer: name, groups }),
      lifetime: SESSION_MS,
    });
    if (!isFirst) throw new SignedOut();
    setCookie(c, COOKIE, token, { ...cookie, sameSite: "Lax" });
    return c.redirect("/engineers");
  });
  app.post("/sign-out", async (c) => {
    const token = getCookie(c, COOKIE);
    if (token !== undefined) await database.run("endSession", hashOf(token));
    deleteCookie(c, COOKIE, { path: cookie.path });
    return c.redirect("/engineers", 303);
  });

  app.get("/", async (c) => {
    const { name, tenants } = await signedInBy(c);
    const summaries = await overview(ports, { tenants });
    const filter = filterSchema.parse(c.req.query());
    return c.html(overviewPage({ language: languageOf(c), name }, { summaries, filter }));
  });
  app.get("/:stack", async (c) => {
    const { stack, name } = await ofOwn(c);
    const summary = await tenantSummary(ports, stack);
    const entries = summary.broken === undefined ? await readLog(ports, { stack }) : [];
    return c.html(tenantPage({ language: languageOf(c), name }, { summary, entries }));
  });
  app.get("/:stack/plans/:digest", async (c) => {
    const { stack, name } = await ofOwn(c);
    const kept = await planForPage(ports, { stack, digest: pathPart(c, "digest", digestForm) });
    const title = titleOf(kept.plan, kept.facts);
    const questions = await questionsOn(ports, { stack, digest: kept.digest });
    return c.html(planPage({ language: languageOf(c), name }, { stack, kept, questions, title }));
  });
  app.post("/:stack/plans/:digest/answer", async (c) => {
    const { stack, name } = await ofOwn(c);
    const digest = pathPart(c, "digest", digestForm);
    const written = answerSchema.safeParse(await c.req.parseBody());
    if (!written.success) throw new NotOurs(400);
    const text = written.data.answer.trim().replaceAll("\r\n", "\n");
    await say(ports, { stack, digest, side: "provider", by: name, text });
    return c.redirect(`/engineers/${stack}/plans/${digest}`, 303);
  });

  app.notFound(() => {
    throw new NotOurs(404);
  });
  app.onError((error, c) => {
    if (error instanceof SignedOut) return c.html(signInPage(languageOf(c)), 401);
    const told = toldOf(error);
    if (told === undefined) throw error;
    // Engineers read what is worded for them.
    const own = error instanceof ExpectedError ? wordsOf(error) : told;
    return c.html(failurePage(languageOf(c), own), told.status);
  });
  return app;

  /** @throws SignedOut */
  async function signedInBy(c: Context): Promise<Session> {
    const token = getCookie(c, COOKIE);
    const kept = token === undefined ? undefined : await database.run("findSession", hashOf(token));
    const session = sessionSchema.safeParse(kept === undefined ? undefined : JSON.parse(kept)).data;
    const groups = engineers.groups.filter(({ id }) => session?.groups.includes(id) === true);
    // Also when the settings do not name the group any more.
    if (session === undefined || groups.length === 0) throw new SignedOut();
    const isForAll = groups.some(({ tenants }) => tenants === undefined);
    const tenants = groups.flatMap((group) => group.tenants ?? []);
    return { name: session.engineer, tenants: isForAll ? undefined : tenants };
  }

  /** @throws SignedOut, NotOurs 404 for a tenant that this person does not see */
  async function ofOwn(c: Context): Promise<Session & { readonly stack: string }> {
    const session = await signedInBy(c);
    const stack = stackOf(c);
    if (session.tenants?.includes(stack) === false) throw new NotOurs(404);
    return { ...session, stack };
  }
}

function wordsOf({ sentence, hint }: ExpectedError): {
  readonly sentence: Text;
  readonly hint: Text;
} {
  const inBoth = (said: string | Text): Text =>
    typeof said === "string" ? { nl: said, en: said } : said;
  return { sentence: inBoth(sentence), hint: inBoth(hint) };
}
