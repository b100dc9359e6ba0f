import { X509Certificate, createHash, createPublicKey, createSign } from "node:crypto";
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
} from "@azure/identity";
import { describe, expect, it } from "vitest";
import { makeApplicationCertificate } from "../../../emulator/core/application-certificate.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  TENANT_ID,
  contoso,
  startTestEmulator,
  type Json,
  type TestEmulator,
} from "../support/emulator.ts";

const SCOPE = "https://graph.microsoft.com/.default";
const CERTIFICATE_CLIENT = "cccccccc-bbbb-4ccc-8ddd-eeeeeeeeeeee";

function identityOptions(emulator: TestEmulator) {
  return {
    authorityHost: emulator.endpoints.login,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: emulator.certificateAuthorityPem },
    retryOptions: { maxRetries: 0 },
  };
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<
    string,
    unknown
  >;
}

async function postToken(
  emulator: TestEmulator,
  fields: Record<string, string>,
  tenant = TENANT_ID,
) {
  const response = await emulator.fetch(`${emulator.origin}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

const GOOD = {
  grant_type: "client_credentials",
  client_id: CLIENT_ID,
  client_secret: CLIENT_SECRET,
  scope: SCOPE,
};

describe("sign-in by @azure/identity", () => {
  it("gives a token for a client secret, with every claim that go-azure-sdk reads", async () => {
    const emulator = await startTestEmulator();
    const credential = new ClientSecretCredential(
      TENANT_ID,
      CLIENT_ID,
      CLIENT_SECRET,
      identityOptions(emulator),
    );
    const { token } = await credential.getToken(SCOPE);
    const claims = claimsOf(token);
    expect(claims).toMatchObject({
      aud: "https://graph.microsoft.com",
      tid: TENANT_ID,
      appid: CLIENT_ID,
      ver: "1.0",
      idtyp: "app",
    });
    for (const name of ["exp", "iat"]) expect(Number.isInteger(claims[name])).toBe(true);
    for (const name of ["iss", "oid", "scp"]) expect(typeof claims[name]).toBe("string");
    expect(claims.roles).toContain("User.ReadWrite.All");
  });

  it("gives a token for a certificate, and only for the registered one", async () => {
    const emulator = await startTestEmulator();
    emulator.clock.advance(Date.now() - emulator.clock.now());
    const [registered, foreign] = [
      await makeApplicationCertificate("tenantry test"),
      await makeApplicationCertificate("tenantry test"),
    ];
    emulator.addTenant({
      ...contoso,
      applications: [{ clientId: CERTIFICATE_CLIENT, certificatePem: registered.certificatePem }],
    });
    const sign = (certificate: typeof registered) =>
      new ClientCertificateCredential(
        TENANT_ID,
        CERTIFICATE_CLIENT,
        { certificate: `${certificate.certificatePem}\n${certificate.keyPem}` },
        identityOptions(emulator),
      ).getToken(SCOPE);
    expect(claimsOf((await sign(registered)).token).appidacr).toBe("2");
    await expect(sign(foreign)).rejects.toThrow("AADSTS700027");
  });

  it("gives a token for another party's token when issuer, subject and signature are the registered ones", async () => {
    const emulator = await startTestEmulator();
    const party = await makeApplicationCertificate("tenantry test");
    const issuer = "https://token.actions.example.invalid";
    emulator.addTenant({
      ...contoso,
      applications: [
        {
          clientId: CERTIFICATE_CLIENT,
          federatedCredentials: [
            {
              issuer,
              subject: "repo:msp/tenants:environment:contoso",
              audiences: ["api://AzureADTokenExchange"],
              publicKeyPem: createPublicKey(party.keyPem)
                .export({ type: "spki", format: "pem" })
                .toString(),
            },
          ],
        },
      ],
    });
    const assertion = (subject: string) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const exp = Math.floor(emulator.clock.now() / 1000) + 600;
      const signed = `${part({ alg: "RS256" })}.${part({ iss: issuer, sub: subject, aud: "api://AzureADTokenExchange", exp })}`;
      return `${signed}.${createSign("RSA-SHA256").update(signed).sign(party.keyPem, "base64url")}`;
    };
    const signIn = (subject: string) =>
      new ClientAssertionCredential(
        TENANT_ID,
        CERTIFICATE_CLIENT,
        async () => assertion(subject),
        identityOptions(emulator),
      ).getToken(SCOPE);
    await expect(signIn("repo:msp/tenants:environment:contoso")).resolves.toBeDefined();
    await expect(signIn("repo:msp/tenants:pull_request")).rejects.toThrow("AADSTS700213");
  });
});

describe("an assertion with a foreign signature", () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const sign = (header: object, claims: object, keyPem: string) => {
    const signed = `${part({ alg: "RS256", ...header })}.${part(claims)}`;
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(keyPem, "base64url")}`;
  };
  const assertionFields = (client_assertion: string) => ({
    grant_type: "client_credentials",
    client_id: CERTIFICATE_CLIENT,
    client_assertion,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    scope: SCOPE,
  });

  it("is refused although it names the registered certificate, or the registered subject", async () => {
    const emulator = await startTestEmulator();
    const [registered, foreign] = [
      await makeApplicationCertificate("tenantry test"),
      await makeApplicationCertificate("tenantry test"),
    ];
    const party = {
      iss: "https://issuer.example.invalid",
      sub: "subject",
      aud: "api://AzureADTokenExchange",
    };
    emulator.addTenant({
      ...contoso,
      applications: [
        {
          clientId: CERTIFICATE_CLIENT,
          certificatePem: registered.certificatePem,
          federatedCredentials: [
            {
              issuer: party.iss,
              subject: party.sub,
              audiences: [party.aud],
              publicKeyPem: createPublicKey(registered.keyPem)
                .export({ type: "spki", format: "pem" })
                .toString(),
            },
          ],
        },
      ],
    });
    const exp = Math.floor(emulator.clock.now() / 1000) + 600;
    const thumbprint = (algorithm: string) =>
      createHash(algorithm)
        .update(new X509Certificate(registered.certificatePem).raw)
        .digest("base64url");
    const byCertificate = {
      iss: CERTIFICATE_CLIENT,
      sub: CERTIFICATE_CLIENT,
      aud: `${emulator.origin}/${TENANT_ID}/oauth2/v2.0/token`,
      exp,
    };
    const outcomes: number[] = [];
    for (const { keyPem } of [registered, foreign]) {
      for (const assertion of [
        sign({ "x5t#S256": thumbprint("sha256") }, byCertificate, keyPem),
        // As the azuread plugin signs: with padding, which base64url may leave out.
        sign({ kid: `${thumbprint("sha1")}=` }, byCertificate, keyPem),
        sign({}, { ...party, exp }, keyPem),
      ]) {
        outcomes.push((await postToken(emulator, assertionFields(assertion))).status);
      }
    }
    expect(outcomes).toEqual([200, 200, 200, 401, 401, 401]);
  });
});

describe("the token endpoint", () => {
  it.each([
    ["a wrong secret", { client_secret: "wrong" }, [401, "invalid_client", 7000215]],
    ["no secret at all", { client_secret: undefined }, [401, "invalid_client", 7000218]],
    ["an application of elsewhere", { client_id: TENANT_ID }, [400, "unauthorized_client", 700016]],
    ["a scope of another form", { scope: "User.Read" }, [400, "invalid_scope", 70011]],
    [
      "a resource that nobody serves",
      { scope: "https://vault.example.invalid/.default" },
      [400, "invalid_resource", 500011],
    ],
    ["another grant", { grant_type: "magic" }, [400, "unsupported_grant_type", 70003]],
    ["a missing field", { scope: undefined }, [400, "invalid_request", 900144]],
  ] as const)(
    "refuses %s in the directory's words",
    async (_title, change, [status, error, number]) => {
      const emulator = await startTestEmulator();
      const fields = Object.fromEntries(
        Object.entries({ ...GOOD, ...change }).filter(([, value]) => value !== undefined),
      );
      const answer = await postToken(emulator, fields as Record<string, string>);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ error, error_codes: [number] });
      expect(answer.body.error_description).toMatch(
        new RegExp(`^AADSTS${number}: .* Trace ID: .* Correlation ID: .* Timestamp: `),
      );
    },
  );

  it("knows a tenant by its id and by each verified domain, and no other", async () => {
    const emulator = await startTestEmulator();
    expect((await postToken(emulator, GOOD, "contoso.com")).status).toBe(200);
    expect((await postToken(emulator, GOOD, "fabrikam.com")).body).toMatchObject({
      error_codes: [90002],
    });
  });
});

describe("access tokens", () => {
  const get = async (emulator: TestEmulator, authorization: string | undefined) => {
    const headers = authorization === undefined ? {} : { authorization };
    const response = await emulator.fetch(`${emulator.origin}/v1.0/users`, { headers });
    return { status: response.status, body: (await response.json()) as Json };
  };

  it("are refused when absent, forged, expired or meant for another service", async () => {
    const emulator = await startTestEmulator();
    const good = await emulator.token();
    expect((await get(emulator, undefined)).body.error).toMatchObject({
      code: "InvalidAuthenticationToken",
      message: "Access token is empty.",
    });
    const forged = `${good.slice(0, good.lastIndexOf("."))}.AAAA`;
    expect((await get(emulator, `Bearer ${forged}`)).body.error.message).toContain(
      "Invalid signature",
    );
    const other = await emulator.token({ scope: "https://contoso.sharepoint.com/.default" });
    expect((await get(emulator, `Bearer ${other}`)).body.error.message).toBe(
      "Access token validation failure. Invalid audience.",
    );
    expect((await get(emulator, `Bearer ${good}`)).status).toBe(200);
    emulator.clock.advance(3_600_000);
    expect(await get(emulator, `Bearer ${good}`)).toMatchObject({
      status: 401,
      body: { error: { code: "InvalidAuthenticationToken" } },
    });
  });

  it("are good for the emulator's own origin as audience, as the azuread plugin asks for", async () => {
    const emulator = await startTestEmulator();
    const token = await emulator.token({ scope: `${emulator.origin}/.default` });
    expect((await get(emulator, `Bearer ${token}`)).status).toBe(200);
  });
});

describe("discovery", () => {
  it("names its own host as issuer and gives the keys that sign its tokens", async () => {
    const emulator = await startTestEmulator();
    const configuration = (await (
      await emulator.fetch(`${emulator.origin}/${TENANT_ID}/v2.0/.well-known/openid-configuration`)
    ).json()) as Json;
    expect(configuration.issuer).toBe(`${emulator.origin}/${TENANT_ID}/v2.0`);
    const keys = (await (await emulator.fetch(String(configuration.jwks_uri))).json()) as {
      keys: { kid: string }[];
    };
    const [header = ""] = (await emulator.token()).split(".");
    const { kid } = JSON.parse(Buffer.from(header, "base64url").toString()) as { kid: string };
    expect(keys.keys.map((key) => key.kid)).toContain(kid);
  });

  it("gives the metadata that Terraform and Pulumi need to find Graph and sign-in", async () => {
    const emulator = await startTestEmulator();
    const metadata = await (
      await emulator.fetch(`${emulator.origin}/metadata/endpoints?api-version=2022-09-01`)
    ).json();
    expect(metadata).toMatchObject({
      microsoftGraphResourceId: emulator.origin,
      authentication: { loginEndpoint: emulator.origin, identityProvider: "AAD" },
    });
  });
});
