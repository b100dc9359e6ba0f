import { createHash, createSign } from "node:crypto";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { ProxyAgent, fetch } from "undici";
import { expect, it } from "vitest";
import { makeApplicationCertificate } from "../../../emulator/core/application-certificate.ts";
import {
  CLIENT_ID,
  TENANT_ID,
  contoso,
  startTestEmulator,
  type Json,
} from "../support/emulator.ts";

const LOGIN = "https://login.microsoftonline.com";

async function startForwarded() {
  const emulator = await startTestEmulator({ realNames: true });
  const { certificatePem, keyPem } = await makeApplicationCertificate("Tests");
  emulator.addTenant({ ...contoso, applications: [{ clientId: CLIENT_ID, certificatePem }] });
  const dispatcher = new ProxyAgent({
    uri: emulator.proxy ?? "",
    requestTls: { ca: emulator.certificateAuthorityPem },
  });
  const call = async (url: string, init: Parameters<typeof fetch>[1] = {}): Promise<Json> => {
    const response = await fetch(url, { ...init, dispatcher });
    return (await response.json()) as Json;
  };
  const signIn = async (resource: string, origin = LOGIN): Promise<string> => {
    const { access_token: token, error_description: error } = await call(
      `${origin}/${TENANT_ID}/oauth2/v2.0/token`,
      {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "client_credentials",
          client_id: CLIENT_ID,
          scope: `${resource}/.default`,
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          client_assertion: assertion({ certificatePem, keyPem, nowMs: emulator.clock.now() }),
        }),
      },
    );
    return String(token ?? error);
  };
  return { emulator, dispatcher, call, signIn };
}

function assertion(source: { certificatePem: string; keyPem: string; nowMs: number }): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const { raw } = new X509Certificate(source.certificatePem);
  const header = { alg: "RS256", "x5t#S256": createHash("sha256").update(raw).digest("base64url") };
  const claims = {
    aud: `${LOGIN}/${TENANT_ID}/oauth2/v2.0/token`,
    iss: CLIENT_ID,
    sub: CLIENT_ID,
    exp: source.nowMs / 1000 + 600,
  };
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(source.keyPem, "base64url")}`;
}

it("stands behind every host name of Microsoft's, and links by them", async () => {
  const { emulator, call, signIn, dispatcher } = await startForwarded();
  const document = await call(`${LOGIN}/${TENANT_ID}/v2.0/.well-known/openid-configuration`);
  expect(document.issuer).toBe(`${LOGIN}/${TENANT_ID}/v2.0`);
  const bearer = async (resource: string): Promise<{ authorization: string }> => ({
    authorization: `Bearer ${await signIn(resource)}`,
  });
  const graph = await bearer("https://graph.microsoft.com");
  const skus = await call("https://graph.microsoft.com/v1.0/directoryRoleTemplates", {
    headers: graph,
  });
  expect(skus["@odata.context"]).toBe(
    "https://graph.microsoft.com/v1.0/$metadata#directoryRoleTemplates",
  );
  const batch = await call("https://graph.microsoft.com/v1.0/$batch", {
    method: "POST",
    headers: { ...graph, "content-type": "application/json" },
    body: JSON.stringify({ requests: [{ id: 1, method: "GET", url: "/domains?$select=id" }] }),
  });
  expect(batch.responses[0]).toMatchObject({
    id: "1",
    body: { "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#domains(id)" },
  });
  const site = await call("https://contoso.sharepoint.com/_api/web?$select=Url", {
    headers: { ...(await bearer("https://contoso.sharepoint.com")), accept: "application/json" },
  });
  expect(site).toMatchObject({
    "odata.metadata": "https://contoso.sharepoint.com/$metadata#SP.Web",
    Url: "https://contoso.sharepoint.com",
  });
  const exchange = await call(
    `https://outlook.office365.com/adminapi/beta/${TENANT_ID}/InvokeCommand`,
    {
      method: "POST",
      headers: {
        ...(await bearer("https://outlook.office365.com")),
        "content-type": "application/json",
        prefer: "odata.maxpagesize = 1",
      },
      body: JSON.stringify({ CmdletInput: { CmdletName: "Get-AcceptedDomain" } }),
    },
  );
  expect(exchange.value).toHaveLength(1);
  expect(exchange["@odata.nextLink"]).toBe(
    `https://outlook.office365.com/adminapi/beta/${TENANT_ID}/InvokeCommand?%24skiptoken=1`,
  );
  const partner = await call("https://api.partnercenter.microsoft.com/v1/products?country=NL", {
    headers: await bearer("https://api.partnercenter.microsoft.com"),
  });
  expect(partner.totalCount).toBeGreaterThan(0);
  await expect(call("https://example.com/")).rejects.toThrow();
  const whole = await wholeAddress(emulator.proxy ?? "", `${LOGIN}/common/discovery/keys`);
  expect(whole).toContain('"keys"');
  await dispatcher.destroy();
});

/** As axios speaks to a proxy: without CONNECT. */
async function wholeAddress(proxy: string, url: string): Promise<string> {
  const { hostname, port } = new URL(proxy);
  const [answer] = (await once(request({ host: hostname, port, path: url }).end(), "response")) as [
    IncomingMessage,
  ];
  let text = "";
  for await (const chunk of answer) text += String(chunk);
  return text;
}

it("takes assertions for Microsoft's names also where a forwarder hides them, but only then", async () => {
  const { emulator, dispatcher, signIn } = await startForwarded();
  expect(await signIn("https://graph.microsoft.com")).toMatch(/^ey/);
  await dispatcher.destroy();
  const { certificatePem, keyPem } = await makeApplicationCertificate("Tests");
  const plain = await startTestEmulator();
  for (const [one, expected] of [
    [emulator, "string"],
    [plain, "undefined"],
  ] as const) {
    one.addTenant({ ...contoso, applications: [{ clientId: CLIENT_ID, certificatePem }] });
    const response = await one.fetch(`${one.origin}/${TENANT_ID}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: CLIENT_ID,
        scope: "https://graph.microsoft.com/.default",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: assertion({ certificatePem, keyPem, nowMs: one.clock.now() }),
      }),
    });
    expect(typeof ((await response.json()) as Json).access_token).toBe(expected);
  }
});
