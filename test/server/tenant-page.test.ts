/** The tenant as it was applied last, as a decision maker reads it. */
import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { NOUNS } from "../../core/nouns.ts";
import type { Noun } from "../../core/nouns.ts";
import { leaseNameOf } from "../../state/index.ts";
import { MARIEKE, STACK } from "../operations/support.ts";
import { Authenticator } from "../support/authenticator.ts";
import { ORIGIN, startPortal, Visitor } from "./support/portal.ts";
import type { TestPortal } from "./support/portal.ts";

const marieke = new Authenticator("ES256", ORIGIN);
const PERSON = "c04c58d6-8de5-41be-b6be-06eda30267a8";
const NASTY = `<img src=x onerror=alert(1)>"'</script>`;
let portal: TestPortal;

beforeAll(async () => {
  portal = await startPortal();
  await portal.register({ [MARIEKE]: marieke });
});

afterAll(async () => {
  await portal[Symbol.asyncDispose]();
});

const resource = (type: string, name: string, inputs: object, outputs: object = inputs) => ({
  ...{ urn: `urn:pulumi:${STACK}::tenantry::${type}::${name}`, type, id: randomUUID() },
  ...{ custom: true, inputs, outputs },
});

/** As the engine leaves it. */
async function applied(stack: string, resources: readonly object[]): Promise<void> {
  const database = portal.server.database();
  const name = `tenantry/tenantry/${stack}`;
  await database.run("createStack", { stack: name, tags: {} });
  const deployment = { manifest: {}, resources };
  const content = gzipSync(JSON.stringify({ version: 3, deployment }));
  const guard = { lease: leaseNameOf(name), fence: undefined };
  await database.run("importStack", { stack: name, id: randomUUID(), content, guard });
  await database.close();
}

async function page(): Promise<string> {
  const visitor = new Visitor(portal, marieke);
  expect((await visitor.signIn()).status).toBe(200);
  const { status, text } = await visitor.get(`/${STACK}/tenant`);
  expect(status).toBe(200);
  return text;
}

it("says that nothing was applied, and opens for nobody who is not signed in", async () => {
  expect(await page()).toContain("Nothing was applied here yet");
  expect((await new Visitor(portal).get(`/${STACK}/tenant`)).status).toBe(401);
});

it("shows people, licences with their cost and day, rights with names, and no secret", async () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  await applied(`other-${STACK}`, [
    resource(NOUNS.user.type, "x", { displayName: "Of another tenant" }),
  ]);
  await applied(STACK, [
    resource(
      NOUNS.user.type,
      "daan@contoso.com",
      {
        ...{ displayName: "Daan Visser", userPrincipalName: "daan@contoso.com", managerId: PERSON },
        ...{ jobTitle: "Accountant", password: { ...secret, ciphertext: "v1:geheim" } },
      },
      { objectId: PERSON },
    ),
    resource(NOUNS.userLicense.type, "daan@contoso.com-licenses", {
      ...{ displayName: "Daan Visser", userPrincipalName: "Daan@contoso.com" },
      licenses: [{ disabledPlans: [], sku: "SPB" }],
    }),
    resource(
      NOUNS.subscription.type,
      "SPB",
      {
        ...{ sku: "SPB", count: 9, term: "annual", start: "2026-02-01" },
        price: { amount: "20.60", currency: "EUR", per: "month", asOf: "2026-11-01" },
      },
      { committedUntil: "2027-02-01" },
    ),
  ]);
  const text = (await page()).replaceAll(/<[^>]+>|[\u2066-\u2069]/g, "|").replaceAll(/\|+/g, "|");
  expect(text).toContain("Daan Visser (daan@contoso.com)");
  expect(text).toContain("Microsoft 365 Business Premium");
  expect(text).toContain("1 February 2027");
  expect(text).toMatch(/€185.40 a month, excluding VAT/);
  expect(text).not.toMatch(/geheim|Of another tenant|1b470612/);
  // The licence stands with its person: one heading of a person.
  expect(text.match(/Daan Visser\|/g)).toHaveLength(1);
});

it.each(Object.entries<Noun>(NOUNS))(
  "shows a %s as text, whatever is in it",
  async (_name, noun) => {
    const keys = new Set([
      ...[...noun.naming, ...noun.unique, ...Object.keys(noun.people ?? {})],
      ...["description", "grants", "members", "price", "state", "committedUntil", "licenses"],
      ...["retention", "exceptions", "aliases", "fullAccess", "contract", "location"],
    ]);
    const values = [...keys].map((key, at) => [
      key,
      [NASTY, [NASTY], { name: NASTY, [NASTY]: NASTY }][at % 3],
    ]);
    const plain = noun.naming.map((key) => [key, NASTY] as const);
    await applied(STACK, [
      resource(noun.type, NASTY, { ...Object.fromEntries(values), ...Object.fromEntries(plain) }),
    ]);
    const text = await page();
    expect(text).not.toContain("<img");
    expect(text).not.toContain("'</script>");
    expect(text).toContain("&lt;img");
  },
);
