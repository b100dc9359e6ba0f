import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  TENANT_ID,
  contoso,
  startTestEmulator,
  type Json,
  type TestEmulator,
} from "../support/emulator.ts";

const REDIRECT = "https://tenantry.example.com/callback";
const VERIFIER = "a-verifier-that-is-long-enough-for-the-specification";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

async function started(): Promise<TestEmulator> {
  const [application] = contoso.applications;
  const seed = {
    ...contoso,
    applications: [{ ...application, clientId: CLIENT_ID, redirectUris: [REDIRECT] }],
  };
  const emulator = await startTestEmulator(
    {},
    {
      prepare: (made) => {
        made.addTenant(seed);
      },
    },
  );
  for (const [name, accountEnabled] of [
    ["Anna <b>", true],
    ["Blocked", false],
  ] as const) {
    await emulator.graph("POST", "/users", {
      body: {
        ...{ displayName: name, accountEnabled, mailNickname: name.slice(0, 4) },
        userPrincipalName: `${name.slice(0, 4)}@contoso.com`,
        passwordProfile: { password: "Long-enough-0987" },
      },
    });
  }
  return emulator;
}

const ASKED = {
  ...{ client_id: CLIENT_ID, response_type: "code", redirect_uri: REDIRECT, nonce: "n" },
  ...{ scope: "openid profile", code_challenge: CHALLENGE, code_challenge_method: "S256" },
};
const addressOf = (emulator: TestEmulator): string =>
  `${emulator.origin}/${TENANT_ID}/oauth2/v2.0/authorize`;

async function codeOf(emulator: TestEmulator, asked: object = {}) {
  const { body } = await emulator.graph("GET", "/users");
  const user = body.value.find(({ displayName }) => displayName !== "Blocked")?.id ?? "";
  const answer = await emulator.fetch(addressOf(emulator), {
    ...{ method: "POST", redirect: "manual" },
    body: new URLSearchParams({ ...ASKED, user, ...asked }),
  });
  const location = answer.headers.get("location");
  return location === null
    ? ((await answer.json()) as Json).error_codes
    : (new URL(location).searchParams.get("code") ?? "");
}

async function redeem(emulator: TestEmulator, fields: Record<string, string>) {
  const answer = await emulator.fetch(`${emulator.origin}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      ...{ grant_type: "authorization_code", client_id: CLIENT_ID, client_secret: CLIENT_SECRET },
      ...{ redirect_uri: REDIRECT, code_verifier: VERIFIER, ...fields },
    }),
  });
  const body = (await answer.json()) as Json;
  return body.error_codes ?? body;
}

it("lists who can sign in, escaped, and sends nobody to an address that is not registered", async () => {
  const emulator = await started();
  const page = await emulator.fetch(
    `${addressOf(emulator)}?${new URLSearchParams(ASKED).toString()}`,
  );
  const text = await page.text();
  expect(text).toContain("Anna &lt;b&gt;");
  expect(text).not.toContain("Blocked");
  expect(await codeOf(emulator, { redirect_uri: "https://elsewhere.example/" })).toEqual([50011]);
  expect(await codeOf(emulator, { client_id: TENANT_ID })).toEqual([700016]);
  expect(await codeOf(emulator, { user: "nobody" })).toEqual([50057]);
});

it("gives one ID token for a code, to who has its verifier, secret and address, in time", async () => {
  const emulator = await started();
  const code = String(await codeOf(emulator));
  expect(await redeem(emulator, { code, code_verifier: "another" })).toEqual([501481]);
  expect(await redeem(emulator, { code, client_secret: "wrong" })).toEqual([7000215]);
  expect(await redeem(emulator, { code, redirect_uri: "https://x.example" })).toEqual([500112]);
  expect(await redeem(emulator, { code: "made-up" })).toEqual([9002313]);
  const tokens = (await redeem(emulator, { code })) as Json;
  const [, claims = ""] = String(tokens.id_token).split(".");
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
    ...{ aud: CLIENT_ID, tid: TENANT_ID, nonce: "n", name: "Anna <b>", ver: "2.0" },
    iss: `${emulator.origin}/${TENANT_ID}/v2.0`,
  });
  expect(await redeem(emulator, { code })).toEqual([54005]);
  const late = String(await codeOf(emulator));
  emulator.clock.advance(11 * 60_000);
  expect(await redeem(emulator, { code: late })).toEqual([70008]);
});
