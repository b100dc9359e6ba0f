/** Mail of the portal, as a mail server on this machine receives it. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { headOf } from "../../approval/index.ts";
import { say } from "../../operations/questions.ts";
import { openLedger } from "../../operations/records.ts";
import { unsignedRegistration } from "../../operations/register-approvers.ts";
import { proposeRegistration } from "../../operations/registrations.ts";
import { openMailer } from "../../server/portal/mailer.ts";
import type { LogEntry } from "../../server/telemetry.ts";
import { openStateDatabase } from "../../state/index.ts";
import { application } from "../approval/support.ts";
import { MARIEKE, PIETER, planOf, STACK } from "../operations/support.ts";
import { Authenticator } from "../support/authenticator.ts";
import { ORIGIN, startPortal, Visitor } from "./support/portal.ts";
import type { TestPortal } from "./support/portal.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const marieke = new Authenticator("ES256", ORIGIN);
const pieter = new Authenticator("EdDSA", ORIGIN);

interface Received {
  readonly to: string;
  readonly raw: string;
}
let received: Received[] = [];
/** Takes the message and then breaks off: what a death of either side looks like. */
let breaksOff = false;

const smtp = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  onData: (stream, { envelope }, callback) => {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      const to = envelope.rcptTo.map(({ address }) => address).join(",");
      received.push({ to, raw: Buffer.concat(parts).toString() });
      callback(breaksOff ? new Error("not now, marieke.devries@contoso.com") : null);
    });
  },
});
const posted: string[] = [];
const hook = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString()));
  request.on("end", () => {
    posted.push(body);
    response.end();
  });
});

let portal: TestPortal;
let mailPort = 0;
let webhook = "";
const log: LogEntry[] = [];

beforeAll(async () => {
  const listening = smtp.listen(0, "127.0.0.1");
  await once(listening, "listening");
  mailPort = (listening.address() as AddressInfo).port;
  await once(hook.listen(0, "127.0.0.1"), "listening");
  webhook = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
});

beforeEach(async () => {
  received = [];
  posted.length = 0;
  breaksOff = false;
  portal = await startPortal();
  await portal.register({ [MARIEKE]: marieke, [PIETER]: pieter });
  return async () => {
    await portal[Symbol.asyncDispose]();
  };
});

afterAll(async () => {
  await new Promise<void>((resolve) => {
    smtp.close(resolve);
  });
  hook.close();
});

/** Another process on the database of the portal, days later. */
async function processOf(daysLater = 0) {
  const database = await openStateDatabase(portal.server.file);
  const now = () => new Date(Date.now() + daysLater * DAY_MS);
  const mailer = openMailer({
    ...{ database, ports: { ...portal.ports, now }, webhook, origin: ORIGIN },
    mail: {
      ...{ host: "127.0.0.1", port: mailPort, security: "none", from: "Portal <portal@p.example>" },
      ...{ user: undefined, password: undefined },
    },
    log: (entry) => log.push(entry),
  });
  return { send: () => mailer.send(), [Symbol.asyncDispose]: () => database.close() };
}

/** Subjects with who got them; quoted-printable and encoded words are undone. */
const subjects = (): string[] =>
  received.map(({ to, raw }) => `${to}: ${subjectOf(raw)}`).toSorted();

function subjectOf(raw: string): string {
  const [, written = ""] = /^Subject: ((?:.|\r\n )*)/m.exec(raw) ?? [];
  return written.replaceAll(/\r\n /g, " ");
}

const textOf = (raw: string): string => {
  const unfolded = raw.replaceAll("=\r\n", "");
  return unfolded.replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll("=", ""), "hex").toString(),
  );
};

it("tells each decision maker once that a proposal waits, of two servers and without its content", async () => {
  await using one = await processOf();
  await using other = await processOf();
  await Promise.all([one.send(), other.send()]);
  await Promise.all([other.send(), one.send()]);
  expect(subjects()).toEqual([
    `${MARIEKE}: Een voorstel voor Contoso Accountants wacht op u`,
    `${PIETER}: Een voorstel voor Contoso Accountants wacht op u`,
  ]);
  expect(posted).toEqual([
    JSON.stringify({ text: `A proposal for Contoso Accountants waits: ${ORIGIN}/portal/${STACK}` }),
  ]);
  const [first] = received;
  expect(textOf(first?.raw ?? "")).toContain(`${ORIGIN}/portal/${STACK}`);
  expect(textOf(first?.raw ?? "")).not.toMatch(/anna|joins/i);
});

it("sends a receipt to who decided, and a refusal to the others", async () => {
  const visitor = new Visitor(portal, marieke);
  await visitor.signIn();
  const decided = await visitor.decide(portal.digest, { decision: "refused", remark: "Geheim" });
  const { sequence, hash } = JSON.parse(decided.text) as {
    readonly sequence: number;
    readonly hash: string;
  };
  await using server = await processOf();
  await server.send();
  expect(subjects()).toEqual([
    `${MARIEKE}: Ontvangstbewijs van uw beslissing voor Contoso Accountants`,
    `${PIETER}: Een voorstel voor Contoso Accountants is afgewezen`,
  ]);
  const receipt = textOf(received.find(({ to }) => to === MARIEKE)?.raw ?? "");
  expect(receipt).toContain(`sha256:${portal.digest.slice(7)}`);
  expect(receipt).toContain(`${sequence}:${hash}`);
  expect(receipt).toContain(`/portal/${STACK}/receipts/${sequence}`);
  expect(received.map(({ raw }) => raw).join()).not.toContain("Geheim");
});

it("reminds before the last day, and says when it has expired", async () => {
  for (const day of [0, 26, 28, 29, 31, 32, 60]) {
    await using server = await processOf(day);
    await server.send();
  }
  expect(subjects().filter((line) => line.startsWith(MARIEKE))).toEqual([
    `${MARIEKE}: Een voorstel voor Contoso Accountants is vervallen`,
    `${MARIEKE}: Een voorstel voor Contoso Accountants wacht op u`,
    `${MARIEKE}: Herinnering: een voorstel voor Contoso Accountants wacht nog`,
  ]);
});

it("says when a proposal was replaced by another of the same people for the same reason", async () => {
  await using server = await processOf();
  await server.send();
  received = [];
  await portal.plan(planOf(["anna", "bram"]), "Anna joins");
  await server.send();
  await server.send();
  expect(subjects()).toEqual([
    `${MARIEKE}: Een voorstel voor Contoso Accountants is vervangen`,
    `${MARIEKE}: Een voorstel voor Contoso Accountants wacht op u`,
    `${PIETER}: Een voorstel voor Contoso Accountants is vervangen`,
    `${PIETER}: Een voorstel voor Contoso Accountants wacht op u`,
  ]);
});

it("is tried again later under the same id after a failure, of which no address is logged", async () => {
  breaksOff = true;
  await using server = await processOf();
  await server.send();
  await server.send();
  // Within the five minutes of a claim nobody tries again.
  expect(received).toHaveLength(2);
  expect(log.filter(({ event }) => event === "failed")).toHaveLength(2);
  expect(JSON.stringify(log)).not.toMatch(/contoso/i);
  breaksOff = false;
  const raw = new DatabaseSync(portal.server.file);
  raw.exec("UPDATE outbox SET retry_at = 0");
  raw.close();
  await server.send();
  await server.send();
  const ids = received.map((one) => /^Message-ID:\s+(\S+)/im.exec(one.raw)?.[1] ?? one.raw);
  expect(received).toHaveLength(4);
  expect(new Set(ids).size).toBe(2);
});

it("says that there is a question to who proposed it, and an answer to who asked, without either", async () => {
  const visitor = new Visitor(portal, marieke);
  await visitor.signIn();
  const path = `/${STACK}/plans/${portal.digest}`;
  const asked = await visitor.post(`${path}/question`, { text: "Waarom <b>nu</b>?" });
  expect(asked.status, asked.text).toBe(200);
  expect((await visitor.post(`${path}/question`, { text: "" })).status).toBe(400);
  expect((await new Visitor(portal).post(`${path}/question`, { text: "x" })).status).toBe(401);
  const page = await visitor.get(path);
  expect(page.text).toContain("Waarom &lt;b&gt;nu&lt;/b&gt;?");
  // It is no decision.
  expect(page.text).toContain('data-action="decide"');
  const about = { stack: STACK, digest: portal.digest };
  await say(portal.ports, { ...about, side: "provider", by: "Ines", text: "Om de prijs" });
  expect((await visitor.get(path)).text).toContain("Om de prijs");
  await using server = await processOf();
  await server.send();
  await server.send();
  expect(subjects().filter((line) => line.includes("vraag"))).toEqual([
    "engineer@beheer.example: Een vraag van Contoso Accountants over een voorstel",
    `${MARIEKE}: Antwoord op uw vraag over een voorstel voor Contoso Accountants`,
  ]);
  const question = received.find(({ to }) => to === "engineer@beheer.example")?.raw ?? "";
  expect(textOf(question)).toContain(`/engineers/${STACK}/plans/${portal.digest}`);
  expect(received.map(({ raw }) => textOf(raw)).join()).not.toMatch(/Waarom|prijs/);
});

it("asks those who decide for a signature under who is to decide, until they gave it", async () => {
  const { record } = await openLedger(portal.ports, STACK);
  const [registered] = record.registrations;
  if (registered === undefined) throw new Error("nobody is registered");
  const { authority, tenantId } = registered.predicate;
  const next = { ...authority, required: 2 };
  const envelope = unsignedRegistration(record, {
    ...{ stack: STACK, tenantId, authority: next, now: new Date() },
  });
  await proposeRegistration(portal.ports, { stack: STACK, envelope });
  await using server = await processOf();
  await server.send();
  await server.send();
  expect(subjects().filter((line) => line.includes("handtekening"))).toEqual([
    `${MARIEKE}: Wie er beslist voor Contoso Accountants verandert: uw handtekening wordt gevraagd`,
    `${PIETER}: Wie er beslist voor Contoso Accountants verandert: uw handtekening wordt gevraagd`,
  ]);
});

it("says that a decision was withdrawn, and what became of a proposal", async () => {
  const visitor = new Visitor(portal, marieke);
  await visitor.signIn();
  const decided = await visitor.decide(portal.digest);
  const { sequence } = JSON.parse(decided.text) as { readonly sequence: number };
  const path = `/${STACK}/receipts/${sequence}/withdrawal`;
  const { payload } = JSON.parse((await visitor.post(`${path}/statement`, {})).text) as {
    readonly payload: string;
  };
  await visitor.post(path, visitor.signed(payload));
  await using server = await processOf();
  await server.send();
  expect(subjects().filter((line) => line.includes("ingetrokken"))).toHaveLength(2);

  await visitor.decide(portal.digest);
  const { record } = await openLedger(portal.ports, STACK);
  const approval = record.statements.findLast((one) => one.kind === "decision");
  const at = new Date().toISOString();
  const ledger = await openLedger(portal.ports, STACK);
  await ledger.append(
    application(headOf(record), 0, {
      ...{ approvals: [approval?.id ?? ""], plan: portal.digest },
      with: {
        ...{ tenantId: record.registrations[0]?.predicate.tenantId ?? "", stack: STACK },
        ...{ startedAt: at, finishedAt: at, result: "partial", facts: null },
      },
    }),
  );
  received = [];
  await server.send();
  expect(subjects().filter((line) => line.includes("deels uitgevoerd"))).toEqual([
    `${MARIEKE}: Een voorstel voor Contoso Accountants is deels uitgevoerd`,
    `${PIETER}: Een voorstel voor Contoso Accountants is deels uitgevoerd`,
  ]);
});
