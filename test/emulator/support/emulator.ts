/** An emulator with one tenant for one test, and the clients of others to speak to it. */
import { Agent, fetch, type RequestInit, type Response } from "undici";
import { afterEach } from "vitest";
import {
  promptBehaviour,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
  type TenantSeed,
} from "../../../emulator/index.ts";

export const TENANT_ID = "11111111-2222-4333-8444-555555555555";
export const CLIENT_ID = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
export const CLIENT_SECRET = "only-for-tests";

export const contoso: TenantSeed = {
  tenantId: TENANT_ID,
  displayName: "Contoso",
  initialDomain: "contoso.onmicrosoft.com",
  domains: ["contoso.com"],
  subscribedSkus: [
    { skuPartNumber: "SPB", enabledUnits: 5 },
    { skuPartNumber: "EXCHANGESTANDARD", enabledUnits: 2 },
  ],
  applications: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
};

export class FakeClock {
  #nowMs = Date.UTC(2026, 10, 2, 9);

  now(): number {
    return this.#nowMs;
  }

  async sleep(durationMs: number): Promise<void> {
    this.advance(durationMs);
  }

  advance(durationMs: number): void {
    this.#nowMs += durationMs;
  }
}

interface Answered {
  status: number;
  headers: Response["headers"];
  /** Parsed JSON, empty without a body. */
  body: Json;
}

/** The parts of answers that tests look at. */
export interface Json {
  id: string;
  value: Json[];
  error: { code: string; message: string; details?: { code: string; target: string }[] };
  responses: { id: string; status: number; headers: Record<string, string>; body: Json }[];
  "@odata.nextLink": string;
  "@odata.deltaLink": string;
  [name: string]: unknown;
}

export interface TestEmulator extends Emulator {
  clock: FakeClock;
  agent: Agent;
  token(options?: { scope?: string; clientId?: string; clientSecret?: string }): Promise<string>;
  /** A request to Graph v1.0 (or to the given absolute path) with a good token. */
  graph(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answered>;
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

/** Well below the lifetime of a token. */
const TOKEN_REUSE_MS = 1_800_000;

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Starts an emulator that the test's end closes: contoso is there, nothing is late, nothing refused. */
export async function startTestEmulator(
  options: Partial<EmulatorOptions> = {},
  world: {
    clock?: FakeClock;
    /** In place of adding contoso. */
    prepare?: (emulator: Emulator) => void;
  } = {},
): Promise<TestEmulator> {
  const { clock = new FakeClock(), prepare } = world;
  const emulator = await startEmulator({
    directory: ":memory:",
    clock,
    ...options,
    behaviour: { ...promptBehaviour, ...options.behaviour },
  });
  if (prepare === undefined) emulator.addTenant(contoso);
  else prepare(emulator);
  const agent = new Agent({ connect: { ca: emulator.certificateAuthorityPem } });
  open.push(async () => {
    await agent.destroy();
    await emulator.close();
  });
  const token: TestEmulator["token"] = async (given = {}) => {
    const response = await fetch(`${emulator.origin}/${TENANT_ID}/oauth2/v2.0/token`, {
      method: "POST",
      dispatcher: agent,
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: given.clientId ?? CLIENT_ID,
        client_secret: given.clientSecret ?? CLIENT_SECRET,
        scope: given.scope ?? "https://graph.microsoft.com/.default",
      }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  let own = { authorization: "", untilMs: 0 };
  const ownAuthorization = async (): Promise<string> => {
    if (own.untilMs <= clock.now()) {
      own = { untilMs: clock.now() + TOKEN_REUSE_MS, authorization: `Bearer ${await token()}` };
    }
    return own.authorization;
  };
  return {
    ...emulator,
    clock,
    agent,
    token,
    fetch: (url, init) => fetch(url, { dispatcher: agent, ...init }),
    graph: async (method, path, given = {}) => {
      const url = path.startsWith("/beta") || path.startsWith("/v1.0") ? path : `/v1.0${path}`;
      const response = await fetch(`${emulator.origin}${url}`, {
        method,
        dispatcher: agent,
        headers: {
          ...(given.headers?.authorization === undefined
            ? { authorization: await ownAuthorization() }
            : {}),
          ...(given.body === undefined ? {} : { "content-type": "application/json" }),
          ...given.headers,
        },
        ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: (text === "" ? {} : JSON.parse(text)) as Json,
      };
    },
  };
}

let counter = 0;

/** Creates a person and gives back the answer's body. */
export async function createUser(
  emulator: TestEmulator,
  properties: Record<string, unknown> = {},
): Promise<Json> {
  counter += 1;
  const name = (properties.mailNickname as string | undefined) ?? `person${counter}`;
  const { status, body } = await emulator.graph("POST", "/users", {
    body: {
      accountEnabled: true,
      displayName: `Person ${counter}`,
      mailNickname: name,
      userPrincipalName: `${name}@contoso.com`,
      passwordProfile: { password: "Tijdelijk-1", forceChangePasswordNextSignIn: true },
      ...properties,
    },
  });
  if (status !== 201) throw new Error(`No user: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Creates a security group and gives back the answer's body. */
export async function createGroup(
  emulator: TestEmulator,
  properties: Record<string, unknown> = {},
): Promise<Json> {
  counter += 1;
  const { status, body } = await emulator.graph("POST", "/groups", {
    body: {
      displayName: `Group ${counter}`,
      mailEnabled: false,
      mailNickname: `group${counter}`,
      securityEnabled: true,
      ...properties,
    },
  });
  if (status !== 201) throw new Error(`No group: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** What a member is added with. */
export function reference(id: string): { body: { "@odata.id": string } } {
  return { body: { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}` } };
}
