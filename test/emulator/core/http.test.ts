import { connect } from "node:tls";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  createUser,
  startTestEmulator,
  type TestEmulator,
} from "../support/emulator.ts";

async function authorization(emulator: TestEmulator): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await emulator.token()}` };
}

it("tells the request's ids and the time of its own clock", async () => {
  const emulator = await startTestEmulator();
  emulator.clock.advance(3_600_000);
  const { headers } = await emulator.graph("GET", "/organization", {
    headers: { "client-request-id": "11111111-0000-4000-8000-000000000000" },
  });
  expect(headers.get("client-request-id")).toBe("11111111-0000-4000-8000-000000000000");
  expect(headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get("date")).toBe(new Date(emulator.clock.now()).toUTCString());
});

it("answers HEAD as GET without the body, and OPTIONS of browsers for Graph only", async () => {
  const emulator = await startTestEmulator();
  const headers = await authorization(emulator);
  const url = `${emulator.origin}/v1.0/organization`;
  const [head, get] = [
    await emulator.fetch(url, { method: "HEAD", headers }),
    await emulator.fetch(url, { headers }),
  ];
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect(head.headers.get("content-length")).toBe(get.headers.get("content-length"));
  const ask = { method: "OPTIONS", headers: { origin: "https://app.example" } };
  const open = await emulator.fetch(url, ask);
  expect([open.status, open.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
  expect(open.headers.get("access-control-allow-methods")).toContain("PATCH");
  const answer = await emulator.fetch(url, {
    headers: { ...headers, origin: "https://app.example" },
  });
  expect(answer.headers.get("access-control-expose-headers")).toContain("Retry-After");
  const closed = await emulator.fetch(`${emulator.endpoints.backup}/v8/Jobs`, ask);
  expect(closed.headers.get("access-control-allow-origin")).toBeNull();
});

it("compresses long answers for those who ask, and reads compressed bodies", async () => {
  const emulator = await startTestEmulator();
  for (let count = 0; count < 8; count++) await createUser(emulator);
  const token = await authorization(emulator);
  const raw = async (path: string, accept: string): Promise<string[]> => {
    const { headers, body } = await request(emulator, [
      `GET ${path} HTTP/1.1`,
      `authorization: ${token.authorization}`,
      `accept-encoding: ${accept}`,
    ]);
    const isPacked = headers.includes("content-encoding: gzip");
    return [String(isPacked), (isPacked ? gunzipSync(body) : body).toString("utf8")];
  };
  const [packed, text = ""] = await raw("/v1.0/users", "gzip, deflate");
  expect([packed, await raw("/v1.0/users", "identity")]).toEqual(["true", ["false", text]]);
  expect((await raw("/v1.0/domains/contoso.com?$select=id", "gzip"))[0]).toBe("false");
  const created = await emulator.fetch(`${emulator.origin}/v1.0/applications`, {
    method: "POST",
    headers: { ...token, "content-type": "application/json", "content-encoding": "gzip" },
    body: gzipSync(JSON.stringify({ displayName: "Packed" })),
  });
  expect(created.status).toBe(201);
});

it("keeps connections open and answers pipelined requests in their order, in UTF-8", async () => {
  const emulator = await startTestEmulator();
  await createUser(emulator, { displayName: "Zoë Ænima 李", mailNickname: "zoe" });
  const { authorization: bearer } = await authorization(emulator);
  const socket = connect({
    port: Number(new URL(emulator.origin).port),
    host: "127.0.0.1",
    ca: emulator.certificateAuthorityPem,
    servername: "localhost",
  });
  const lines = (path: string): string =>
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${bearer}\r\n\r\n`;
  socket.write(lines("/v1.0/users/zoe@contoso.com?$select=displayName") + lines("/v1.0/nonsense"));
  let received = "";
  for await (const chunk of socket) {
    received += String(chunk);
    if (received.includes("nonsense")) break;
  }
  expect([...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
    "200",
    "404",
  ]);
  expect(received).toContain("Zoë Ænima 李");
  expect(received.toLowerCase()).toContain("connection: keep-alive");
});

it("gives 999 people in one page", async () => {
  const emulator = await startTestEmulator();
  const { seed } = emulator.addSampleTenant({
    people: 1000,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
  });
  const signedIn = await emulator.fetch(`${emulator.origin}/${seed.tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      scope: "https://graph.microsoft.com/.default",
    }),
  });
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  const { body } = await emulator.graph("GET", "/users?$top=999", {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(body.value).toHaveLength(999);
  expect(body["@odata.nextLink"]).toContain("%24top=999");
});

it("says on 401 where to sign in for what", async () => {
  const emulator = await startTestEmulator();
  const challenge = async (url: string): Promise<string | null> =>
    (await emulator.fetch(url)).headers.get("www-authenticate");
  const uri = `authorization_uri="${emulator.origin}/common/oauth2/authorize"`;
  expect(await challenge(`${emulator.origin}/v1.0/users`)).toBe(
    `Bearer realm="", ${uri}, client_id="00000003-0000-0000-c000-000000000000"`,
  );
  const site = emulator.endpoints.sharePoint.replace("{host}", "contoso-admin.sharepoint.com");
  expect(await challenge(`${site}/_vti_bin/client.svc`)).toBe(
    `Bearer realm="11111111-2222-4333-8444-555555555555", ${uri}, client_id="00000003-0000-0ff1-ce00-000000000000"`,
  );
});

async function request(
  emulator: TestEmulator,
  lines: readonly string[],
): Promise<{ headers: string; body: Buffer }> {
  const socket = connect({
    port: Number(new URL(emulator.origin).port),
    host: "127.0.0.1",
    ca: emulator.certificateAuthorityPem,
    servername: "localhost",
  });
  socket.write([...lines, "host: localhost", "connection: close", "", ""].join("\r\n"));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const received = Buffer.concat(chunks);
  const end = received.indexOf("\r\n\r\n");
  return {
    headers: received.subarray(0, end).toString().toLowerCase(),
    body: received.subarray(end + 4),
  };
}
