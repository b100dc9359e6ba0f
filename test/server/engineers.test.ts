/** The engineers' overview by its requests, with sign-in at the emulated Entra: who gets in, and what they see. */
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { promptBehaviour, startEmulator } from "../../emulator/index.ts";
import type { Emulator } from "../../emulator/index.ts";
import { keepLook } from "../../operations/looks.ts";
import { planStore } from "../../operations/plan-store.ts";
import { questionsOn, say } from "../../operations/questions.ts";
import type { RecordPorts } from "../../operations/records.ts";
import { digested } from "../../plan/model/digest.ts";
import { recordStore } from "../../state/index.ts";
import { trustRoots } from "../approval/support.ts";
import { planOf } from "../operations/support.ts";
import { trustRootsFile } from "./support/portal.ts";
import { startServer } from "./support/server.ts";
import type { TestServer } from "./support/server.ts";

const URL_OF_SERVER = "https://tenantry.example.com";
const [TENANT, CLIENT] = [
  "99999999-2222-4333-8444-555555555555",
  "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
];
const SECRET = "only-for-tests";
const SCRIPT = "<script>alert(1)</script>";
const usual = getGlobalDispatcher();

let entra: Emulator;
let server: TestServer;
let groups: Readonly<Record<string, string>>;
let ports: RecordPorts;

/** What a browser does: keeps cookies, and follows nobody. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async get(path: string, init: RequestInit = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, ...(init.headers as Record<string, string>) };
    const answer = await fetch(`${server.url}${path}`, { redirect: "manual", ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const location = answer.headers.get("location") ?? "";
    return { status: answer.status, headers: answer.headers, location, text: await answer.text() };
  }

  /** To where Entra sends the browser back, as a path of ours. */
  async atEntra(person: string): Promise<string> {
    const { location } = await this.get("/engineers/sign-in");
    const asked = new URL(location);
    const listed = await (await fetch(asked)).text();
    const [, user = ""] = new RegExp(`value="([^"]+)">\\s*${person}`).exec(listed) ?? [];
    const chosen = await fetch(`${asked.origin}${asked.pathname}`, {
      ...{ method: "POST", redirect: "manual" },
      body: new URLSearchParams({ ...Object.fromEntries(asked.searchParams), user }),
    });
    const back = new URL(chosen.headers.get("location") ?? "");
    expect(back.origin).toBe(URL_OF_SERVER);
    return `${back.pathname}${back.search}`;
  }

  async signIn(person: string) {
    return await this.get(await this.atEntra(person));
  }
}

const signedIn = async (person: string): Promise<Browser> => {
  const browser = new Browser();
  const { status, location, text } = await browser.signIn(person);
  expect({ status, location }, text).toEqual({ status: 302, location: "/engineers" });
  return browser;
};

beforeAll(async () => {
  entra = await startEmulator({ directory: ":memory:", behaviour: promptBehaviour });
  entra.addTenant({
    ...{ tenantId: TENANT, displayName: "Beheer", initialDomain: "beheer.onmicrosoft.com" },
    ...{ domains: [], subscribedSkus: [], securityGroups: ["Engineers", "Helpdesk", "Others"] },
    applications: [
      {
        ...{ clientId: CLIENT, clientSecret: SECRET },
        redirectUris: [`${URL_OF_SERVER}/engineers/callback`],
      },
    ],
  });
  setGlobalDispatcher(new Agent({ connect: { ca: entra.certificateAuthorityPem } }));
  groups = await people({ Ines: "Engineers", Hugo: "Helpdesk", Olga: "Others" });
  server = await startServer({
    url: URL_OF_SERVER,
    engineers: {
      ...{ tenantId: TENANT, clientId: CLIENT, clientSecret: "$TENANTRY_TEST_SECRET" },
      ...{ authority: entra.origin, trustRoots: trustRootsFile() },
      groups: [{ id: groups.Engineers }, { id: groups.Helpdesk, tenants: ["one"] }],
    },
  });
  ports = {
    records: recordStore(server.database()),
    heads: { read: async () => undefined, write: async () => undefined },
    trust: { roots: async () => trustRoots },
    now: () => new Date(),
  };
  for (const stack of ["one", "two"]) {
    const planned = { refresh: false, requestedBy: ["ines@beheer.example"], reason: SCRIPT };
    const plan = planOf(["anna"]);
    const tenant = { ...plan.tenant, displayName: `Company ${stack} ${SCRIPT}` };
    await planStore(ports, stack).keep(digested({ ...plan, tenant }), planned);
    await keepLook(ports, stack, []);
  }
}, 60_000);

afterAll(async () => {
  setGlobalDispatcher(usual);
  await server[Symbol.asyncDispose]();
  await entra.close();
});

/** One person for each group, by name. @returns ids of the groups */
async function people(members: Readonly<Record<string, string>>) {
  process.env.TENANTRY_TEST_SECRET = SECRET;
  const form = { grant_type: "client_credentials", client_id: CLIENT, client_secret: SECRET };
  const scope = "https://graph.microsoft.com/.default";
  const got = await fetch(`${entra.origin}/${TENANT}/oauth2/v2.0/token`, {
    ...{ method: "POST", body: new URLSearchParams({ ...form, scope }) },
  });
  const { access_token: token } = (await got.json()) as { readonly access_token: string };
  const graph = async (path: string, body?: object) => {
    const answer = await fetch(`${entra.origin}/v1.0${path}`, {
      ...(body && { method: "POST", body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
    const said = await answer.text();
    return (said === "" ? {} : JSON.parse(said)) as {
      readonly id: string;
      readonly value: readonly { readonly id: string; readonly displayName: string }[];
    };
  };
  const { value } = await graph("/groups");
  const found = Object.fromEntries(value.map(({ displayName, id }) => [displayName, id]));
  for (const [name, group] of Object.entries(members)) {
    const user = await graph("/users", {
      ...{ accountEnabled: true, displayName: name, mailNickname: name },
      userPrincipalName: `${name}@beheer.onmicrosoft.com`,
      passwordProfile: { password: "Long-enough-0987" },
    });
    const odata = `https://graph.microsoft.com/v1.0/directoryObjects/${user.id}`;
    await graph(`/groups/${found[group]}/members/$ref`, { "@odata.id": odata });
  }
  return found;
}

describe("signing in", () => {
  it("shows nobody anything who is not signed in, whatever the address", async () => {
    for (const path of ["", "/one", "/one/plans/sha256:0"]) {
      const answer = await new Browser().get(`/engineers${path}`);
      expect(answer.status).toBe(401);
      expect(answer.text).not.toContain("Company");
    }
  });

  it("refuses who is in none of the groups, and says why", async () => {
    const browser = new Browser();
    const answer = await browser.signIn("Olga");
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("none of its groups sees the overview");
    expect((await browser.get("/engineers")).status).toBe(401);
  });

  it("takes an answer in the browser that asked only, once, and no other state", async () => {
    const browser = new Browser();
    const back = await browser.atEntra("Ines");
    expect((await new Browser().get(back)).status).toBe(401);
    const other = new Browser();
    await other.get("/engineers/sign-in");
    expect((await other.get(back)).status).toBe(422);
    expect((await browser.get(back)).status).toBe(302);
    expect((await browser.get(back)).status).toBe(401);
  });

  it("ends everywhere when somebody signs out, which another site cannot do for them", async () => {
    const browser = await signedIn("Ines");
    const out = (origin: string) =>
      browser.get("/engineers/sign-out", { method: "POST", headers: { origin } });
    expect((await out("https://elsewhere.example")).status).toBe(403);
    expect((await browser.get("/engineers")).status).toBe(200);
    expect((await out(URL_OF_SERVER)).status).toBe(303);
    expect((await browser.get("/engineers")).status).toBe(401);
  });
});

describe("the overview", () => {
  it("lists all tenants with what waits and when each was looked at, escaped", async () => {
    const { text, headers } = await (await signedIn("Ines")).get("/engineers");
    expect(text).toContain("2 / 2");
    expect(text).toMatch(/Waits for a decision since.*\(1\)/s);
    expect(text).toContain("Looked at on");
    expect(text).toContain("&lt;script&gt;");
    expect(text).not.toContain("<script");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("is narrowed by name and by what needs somebody", async () => {
    const browser = await signedIn("Ines");
    const shown = async (query: string) => (await browser.get(`/engineers?${query}`)).text;
    expect(await shown("search=COMPANY+TWO")).toContain("1 / 2");
    expect(await shown("show=attention")).toContain("0 / 2");
    const seenAt = new Date().toISOString();
    const known = { key: "one", seenAt, since: seenAt, mayBeOlder: false, isSettled: true };
    await keepLook(ports, "two", [known]);
    expect(await shown("show=attention")).toContain("1 / 2");
    expect(await shown("show=nonsense&search=")).toContain("2 / 2");
  });

  it("shows a group its own tenants only, in the list and by address", async () => {
    const browser = await signedIn("Hugo");
    const { text } = await browser.get("/engineers");
    expect(text).toContain("1 / 1");
    expect(text).not.toContain("Company two");
    expect((await browser.get("/engineers/one")).status).toBe(200);
    expect((await browser.get("/engineers/two")).status).toBe(404);
  });

  it("has one tenant's record and the page of each plan", async () => {
    const browser = await signedIn("Ines");
    const { text } = await browser.get("/engineers/one");
    const [, link = ""] = /href="(\/engineers\/one\/plans\/sha256:[0-9a-f]{64})"/.exec(text) ?? [];
    const page = await browser.get(link);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(SCRIPT);
  });

  it("takes the answer to a question from our own page, of a tenant of one's own", async () => {
    const browser = await signedIn("Hugo");
    const [kept] = await planStore(ports, "one").proposals();
    const digest = kept?.digest ?? "";
    const about = { stack: "one", digest, side: "customer", by: "anna@contoso.com" } as const;
    expect((await browser.get(`/engineers/one/plans/${digest}`)).text).not.toContain("textarea");
    await say(ports, { ...about, text: SCRIPT });
    const answer = (stack: string, origin: string) =>
      browser.get(`/engineers/${stack}/plans/${digest}/answer`, {
        ...{ method: "POST", headers: { origin } },
        body: new URLSearchParams({ answer: "Om de prijs" }),
      });
    expect((await answer("one", "https://elsewhere.example")).status).toBe(403);
    expect((await answer("two", URL_OF_SERVER)).status).toBe(404);
    expect((await answer("one", URL_OF_SERVER)).status).toBe(303);
    const { text } = await browser.get(`/engineers/one/plans/${digest}`);
    expect(text).toContain("Om de prijs");
    expect(text).not.toContain(SCRIPT);
    expect(await questionsOn(ports, { stack: "one", digest })).toHaveLength(2);
  });
});
