/**
 * Requests that nobody meant, at every route: 500 here, `npm run torture -- fuzz 10000` at night. Each comes from an address
 * of its own, where the machine has them, so that limits of rates do not answer in place of what is tried.
 */
import { randomInt } from "node:crypto";
import { request as send } from "node:http";
import type { OutgoingHttpHeaders } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { messages, PROTOCOL } from "../../state/remote/messages.ts";
import { MARIEKE, STACK } from "../operations/support.ts";
import { Authenticator } from "../support/authenticator.ts";
import { ORIGIN, startPortal, Visitor } from "./support/portal.ts";
import type { TestPortal } from "./support/portal.ts";
import { TOKEN } from "./support/server.ts";

const REQUESTS = Number(process.env.TENANTRY_FUZZ_REQUESTS ?? 500);
const SEED = Number(process.env.TENANTRY_FUZZ_SEED ?? randomInt(2 ** 31));
const MS_EACH = 200;
/** What is kept by whoever asked wrongly must not add up. */
const MOST_GROWTH = 300 * 1024 * 1024;

const marieke = new Authenticator("ES256", ORIGIN);
let portal: TestPortal;
let visitor: Visitor;
let offered: string;

beforeAll(async () => {
  portal = await startPortal();
  await portal.register({ [MARIEKE]: marieke });
  visitor = new Visitor(portal, marieke);
  expect((await visitor.signIn()).status).toBe(200);
  offered = (await portal.offer()).token;
});
afterAll(async () => {
  await portal[Symbol.asyncDispose]();
});

interface Fuzzed {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: { readonly value: unknown; readonly kind: string; readonly cut: number };
}

const junk = fc.oneof(
  fc
    .string({ unit: "binary", maxLength: 60 })
    .map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom("..", "%2e%2e%2f", "%00", "%zz", "%c3%28", "a/b/c/d", "__proto__", "-1", "1e99"),
  fc.constant("x".repeat(4_000)),
);

/** The routes, with each part right or not. */
const paths = (): fc.Arbitrary<string> => {
  const stack = fc.oneof(fc.constant(STACK), junk);
  const digest = fc.oneof(fc.constant(portal.digest), junk);
  const link = fc.oneof(fc.constant(offered), junk);
  const of = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
    fc
      .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
      .map((all) => `/${all.join("/")}`);
  const step = (...names: readonly string[]) => fc.constantFrom(...names);
  return fc.oneof(
    { weight: 4, arbitrary: of("v1/work", fc.constantFrom(...Object.keys(messages))) },
    of("v1/work", junk),
    of(step("v1/sign-in", "health", "metrics", "", "favicon.ico", ".env", "portal")),
    of("portal", step("style.css", "portal.js", "icon.svg", "sign-in")),
    of("portal", stack, step("sign-in", "sign-in/begin", "sign-in/finish", "sign-out/x", "plans")),
    of("portal", stack),
    of("portal", stack, "plans", digest),
    of("portal", stack, "plans", digest, step("statement", "decision")),
    of("portal", stack, "receipts", fc.oneof(step("1", "2", "0", "99999999999999999999"), junk)),
    of("portal", stack, "receipts", step("1", "3"), "proof.json"),
    of("portal", stack, "enrol", link),
    of("portal", stack, "enrol", link, step("begin", "request", "proof")),
    of(junk),
  );
};

const TEXTS = {
  id: fc.oneof(fc.uuid(), fc.string()),
  input: fc.oneof(
    fc.record({
      stack: fc.oneof(fc.string(), fc.constantFrom("a/b/c", "a/b", "../../x", "a/b/c/d")),
      key: fc.oneof(fc.string(), fc.record({ id: fc.string(), token: fc.string() })),
      ...{ fence: fc.jsonValue(), value: fc.string(), guard: fc.jsonValue() },
    }),
    fc.jsonValue(),
  ),
};
const passkey = fc.record({
  sig: fc.base64String(),
  webauthn: fc.oneof(
    fc.record({ authenticatorData: fc.base64String(), clientDataJSON: fc.base64String() }),
    fc.jsonValue(),
  ),
});

/** As data, so that a failure prints it short. */
const bodies = fc.record({
  value: fc.oneof(
    fc.record(TEXTS),
    fc.record({ decision: fc.constantFrom("approved", "yes"), remark: fc.string() }),
    fc.record({ payload: fc.base64String(), signature: passkey }),
    fc.record({ credentialId: fc.string(), signature: passkey }),
    fc.record({ code: fc.string(), publicKey: fc.base64String(), isManaged: fc.boolean() }),
    fc.record({ code: fc.string(), enrolment: fc.jsonValue(), signature: passkey }),
    fc.jsonValue(),
  ),
  kind: fc.constantFrom("whole", "whole", "whole", "cut", "oversized", "bytes", "nested"),
  cut: fc.nat({ max: 400 }),
});

function bytesOf({ value, kind, cut }: Fuzzed["body"]): Buffer {
  const whole = JSON.stringify(value);
  if (kind === "bytes") return Buffer.from(whole, "base64");
  if (kind === "nested") return Buffer.from("[".repeat(20_000));
  if (kind === "oversized") return Buffer.from(whole.padEnd(300 * 1024));
  return Buffer.from(kind === "cut" ? whole.slice(0, cut) : whole);
}

const headersOf = (): fc.Arbitrary<OutgoingHttpHeaders> =>
  fc
    .record({
      authorization: fc.constantFrom(
        ...[`Bearer ${TOKEN}`, `Bearer ${TOKEN}`, "Bearer wrong", "Basic eDp5"],
        ...[`Bearer ${"x".repeat(8_000)}`, "Bearer a.b.c", ""],
      ),
      "tenantry-protocol": fc.constantFrom(PROTOCOL, PROTOCOL, "0", "1, 1"),
      origin: fc.constantFrom(ORIGIN, ORIGIN, "https://elsewhere.example", "null"),
      cookie: fc.constantFrom(visitor.cookie, visitor.cookie, "tenantry-portal=x", "a;;=b"),
      "x-csrf-token": fc.constantFrom(visitor.csrf, visitor.csrf, "0".repeat(64)),
      "content-type": fc.constantFrom("application/json", "text/plain", "multipart/form-data"),
      "accept-language": fc.constantFrom("nl", "en", "xx;q=a", "*"),
      "content-encoding": fc.constantFrom("identity", "gzip"),
    })
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "")));

let count = 0;
/** 127.0.0.0/8 is this machine on Linux. */
const ownAddress = (): object => {
  count += 1;
  const [high, low] = [1 + Math.floor(count / 250), 1 + (count % 250)];
  return process.platform === "linux" ? { localAddress: `127.9.${high}.${low}` } : {};
};

interface Answer {
  readonly status: number;
  readonly text: string;
}

function asked({ method, path, headers, body }: Fuzzed): Promise<Answer> {
  const { hostname, port } = new URL(portal.server.url);
  return new Promise((resolve, reject) => {
    const where = { hostname, port, path, method, agent: false, ...ownAddress() };
    const request = send({ ...where, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() });
      });
      response.on("error", reject);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      // A body that is too large is not read to its end, and the connection is closed on it.
      const isUnread = body.kind === "oversized" && /^(ECONNRESET|EPIPE)$/.test(error.code ?? "");
      if (isUnread) resolve({ status: 413, text: "" });
      else reject(error);
    });
    request.end(method === "GET" || method === "HEAD" ? undefined : bytesOf(body));
  });
}

/** Of what runs, never part of an answer. */
const INSIDE = /^\s+at |node_modules|\.[jt]sx?:\d+|SELECT |SQLITE|node:internal/m;

it(
  `is answered ${REQUESTS} times as what it is: no failure of the server, nothing from inside, no secret`,
  async () => {
    process.stdout.write(`fuzzed with seed ${SEED}\n`);
    const entries = await portal.ports.records.list(`${STACK}/entries/`);
    const before = process.memoryUsage().heapUsed;
    const seen = new Map<number, number>();
    const requests = fc.record({
      method: fc.constantFrom("POST", "POST", "GET", "GET", "HEAD", "PUT", "DELETE", "OPTIONS"),
      ...{ path: paths(), headers: headersOf(), body: bodies },
    });
    await fc.assert(
      fc.asyncProperty(requests, async (fuzzed) => {
        const { status, text } = await asked(fuzzed);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        expect(status).toBeLessThan(500);
        // Our script is served as it is written.
        if (!fuzzed.path.endsWith(".js")) expect(text).not.toMatch(INSIDE);
        expect(text).not.toContain(TOKEN);
        expect(text).not.toContain(visitor.cookie.split("=")[1]);
      }),
      { numRuns: REQUESTS, seed: SEED, endOnFailure: true },
    );
    process.stdout.write(`${JSON.stringify([...seen].sort())}\n`);
    // The limits did not answer for what was to be tried, and some of it was right.
    expect(seen.get(200)).toBeGreaterThan(REQUESTS / 50);
    expect(seen.get(429) ?? 0).toBeLessThan(REQUESTS / 10);
    expect(portal.server.log.filter(({ event }) => event === "failed")).toEqual([]);
    expect(JSON.stringify(portal.server.log)).not.toContain(TOKEN);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_GROWTH);
    const health = await fetch(`${portal.server.url}/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
    expect(await portal.ports.records.list(`${STACK}/entries/`)).toEqual(entries);
    expect((await visitor.get(`/${STACK}`)).status).toBe(200);
  },
  Math.max(120_000, REQUESTS * MS_EACH),
);
