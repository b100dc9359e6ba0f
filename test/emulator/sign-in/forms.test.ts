import { expect, it } from "vitest";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  TENANT_ID,
  startTestEmulator,
  type Json,
  type TestEmulator,
} from "../support/emulator.ts";

const GRAPH_ID = "00000003-0000-0000-c000-000000000000";

async function ask(
  emulator: TestEmulator,
  path: string,
  init: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<Json & { status: number }> {
  const response = await emulator.fetch(`${emulator.origin}${path}`, {
    ...(init.fields === undefined
      ? {}
      : { method: "POST", body: new URLSearchParams(init.fields) }),
    ...(init.headers === undefined ? {} : { headers: init.headers }),
  });
  return { ...((await response.json()) as Json), status: response.status };
}

function audienceOf(answer: Json): unknown {
  const [, claims = ""] = String(answer.access_token).split(".");
  const read = JSON.parse(Buffer.from(claims, "base64url").toString() || "{}") as { aud?: string };
  return read.aud ?? answer.error_codes ?? answer.error;
}

const SECRET = {
  grant_type: "client_credentials",
  client_id: CLIENT_ID,
  client_secret: CLIENT_SECRET,
};

it("takes the resource in every form that clients use", async () => {
  const emulator = await startTestEmulator();
  const path = `/${TENANT_ID.toUpperCase()}//oauth2/v2.0/Token/`;
  const audience = async (scope: string): Promise<unknown> =>
    audienceOf(await ask(emulator, path, { fields: { ...SECRET, scope } }));
  expect(await audience("https://graph.microsoft.com/.default openid profile offline_access")).toBe(
    "https://graph.microsoft.com",
  );
  expect(await audience("https://Graph.Microsoft.com//.default")).toBe(
    "https://graph.microsoft.com",
  );
  expect(await audience(`${GRAPH_ID}/.default`)).toBe(GRAPH_ID);
  expect(await audience("00000002-0000-0ff1-ce00-000000000000/.default")).toBe(
    "00000002-0000-0ff1-ce00-000000000000",
  );
  expect(await audience("openid profile")).toEqual([70011]);
  expect(
    await audience("https://graph.microsoft.com/.default https://outlook.office365.com/.default"),
  ).toEqual([70011]);
  const { access_token: token } = await ask(emulator, path, {
    fields: { ...SECRET, scope: `${GRAPH_ID}/.default` },
  });
  const { status } = await emulator.graph("GET", "/organization", {
    headers: { authorization: `Bearer ${String(token)}` },
  });
  expect(status).toBe(200);
});

it("takes client credentials in the header, and requests of version 1", async () => {
  const emulator = await startTestEmulator();
  const basic = Buffer.from(`${CLIENT_ID}:${encodeURIComponent(CLIENT_SECRET)}`).toString("base64");
  const byHeader = await ask(emulator, `/${TENANT_ID}/oauth2/v2.0/token`, {
    headers: { authorization: `Basic ${basic}` },
    fields: { grant_type: "client_credentials", scope: "https://graph.microsoft.com/.default" },
  });
  expect(audienceOf(byHeader)).toBe("https://graph.microsoft.com");
  const resource = "https://api.partnercenter.microsoft.com/";
  const version1 = await ask(emulator, `/${TENANT_ID}/oauth2/token`, {
    fields: { ...SECRET, resource },
  });
  expect(version1).toMatchObject({
    resource,
    expires_in: expect.stringMatching(/^\d+$/) as string,
  });
  expect(audienceOf(version1)).toBe("https://api.partnercenter.microsoft.com");
});

it("names what it does not do, and refuses what nobody does", async () => {
  const emulator = await startTestEmulator();
  const scope = "https://graph.microsoft.com/.default";
  const token = `/${TENANT_ID}/oauth2/v2.0/token`;
  const password = await ask(emulator, token, {
    fields: { ...SECRET, scope, grant_type: "password" },
  });
  expect([password.status, String(password.error_description).slice(0, 53)]).toEqual([
    501,
    "The emulator does not implement grant_type=password. ",
  ]);
  expect((await ask(emulator, token)).error_codes).toEqual([900561]);
  expect((await ask(emulator, `/${TENANT_ID}/oauth2/v2.0/devicecode`, { fields: {} })).status).toBe(
    501,
  );
});

it("answers discovery for tenants and for those that stand for many", async () => {
  const emulator = await startTestEmulator();
  const { origin } = emulator;
  const documentOf = (path: string): Promise<Json> =>
    ask(emulator, `${path}/.well-known/openid-configuration`);
  expect(await documentOf("/common/v2.0")).toMatchObject({
    issuer: `${origin}/{tenantid}/v2.0`,
    token_endpoint: `${origin}/common/oauth2/v2.0/token`,
  });
  expect(await documentOf("/Organizations/v2.0")).toMatchObject({
    jwks_uri: `${origin}/organizations/discovery/v2.0/keys`,
  });
  expect(await documentOf("/contoso.com")).toMatchObject({
    issuer: `${origin}/${TENANT_ID}/`,
    token_endpoint: `${origin}/${TENANT_ID}/oauth2/token`,
  });
  expect((await ask(emulator, "/common/discovery/keys")).keys).toHaveLength(1);
  const instance = (host: string): Promise<Json> =>
    ask(
      emulator,
      `/common/discovery/instance?api-version=1.1&authorization_endpoint=${host}/${TENANT_ID}/oauth2/v2.0/authorize`,
    );
  expect((await instance(origin)).tenant_discovery_endpoint).toBe(
    `${origin}/${TENANT_ID}/v2.0/.well-known/openid-configuration`,
  );
  expect(await instance("https://login.microsoftonline.com")).toMatchObject({
    metadata: [{ preferred_network: "login.microsoftonline.com" }],
  });
  expect((await instance("https://login.example")).error).toBe("invalid_instance");
});
