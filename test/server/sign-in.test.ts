/** Who signs in with a platform's token: only the job that the settings name, once for each token. */
import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openServerDatabase } from "../../state/remote/server-database.ts";
import { identityOf } from "../../state/remote/sign-in.ts";
import { startIssuer } from "./support/issuer.ts";
import type { Issuer } from "./support/issuer.ts";
import { startServer } from "./support/server.ts";
import type { TestServer } from "./support/server.ts";

const AUDIENCE = "https://tenantry.example.com";
let issuer: Issuer;
let server: TestServer;

beforeAll(async () => {
  issuer = await startIssuer(AUDIENCE);
  const planning = { name: "planning", may: "plan", github: github() };
  server = await startServer({ url: AUDIENCE, access: [planning, access()] });
});

const github = () => ({ issuer: issuer.url, repository: "voorbeeld/tenants" });
const access = () => ({
  ...{ name: "applying", may: "apply", tenants: ["contoso"] },
  github: { ...github(), repositoryId: "4711", ref: "refs/heads/main", environment: "production" },
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
});

const asking = (token: string) =>
  openServerDatabase(server.url, identityOf(AUDIENCE, { TENANTRY_ID_TOKEN: token }));
const entry = (tenant: string) => ({
  key: `${tenant}/entries/1`,
  value: new Uint8Array([1]),
  fence: undefined,
});
const plan = (tenant: string) => ({ ...entry(tenant), key: `${tenant}/plans/${Math.random()}` });
const refused = { code: "server-refused" };

describe("a platform's token", () => {
  it("of the job that is named may what its line says, and no other tenant", async () => {
    const database = asking(await issuer.token());
    expect(await database.run("putValue", entry("contoso"))).toBe(true);
    await expect(database.run("putValue", entry("fabrikam"))).rejects.toMatchObject(refused);
  });

  it.each([
    ["another branch", { ref: "refs/heads/feature" }],
    ["a pull request", { ref: "refs/pull/7/merge", environment: undefined }],
    ["another environment", { environment: "test" }],
    ["a repository of the same name that was made again", { repository_id: "4712" }],
  ])("of %s plans only", async (_what, claims) => {
    const database = asking(await issuer.token(claims));
    expect(await database.run("putValue", plan("contoso"))).toBe(true);
    await expect(database.run("putValue", entry("contoso"))).rejects.toMatchObject(refused);
  });

  it.each([
    ["another repository", { repository: "voorbeeld/other" }],
    ["a fork", { repository: "stranger/tenants" }],
    ["another audience", { aud: "https://other.example.com" }],
    ["another issuer", { iss: "https://token.actions.githubusercontent.com" }],
    ["a time that is over", { exp: Math.floor(Date.now() / 1000) - 120 }],
    ["a time that has not come", { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ["no end", { exp: undefined }],
  ])("of %s is refused", async (_what, claims) => {
    const database = asking(await issuer.token(claims));
    await expect(database.run("listStacks", undefined)).rejects.toMatchObject(refused);
  });

  it("that was used before is refused, also at another process on the same database", async () => {
    const token = await issuer.token();
    await asking(token).run("listStacks", undefined);
    const replayed = { message: "The token of the platform was used before." };
    await expect(asking(token).run("listStacks", undefined)).rejects.toMatchObject(replayed);
    await using other = await startServer({ file: server.file, url: AUDIENCE, access: [access()] });
    const there = openServerDatabase(other.url, identityOf(AUDIENCE, { TENANTRY_ID_TOKEN: token }));
    await expect(there.run("listStacks", undefined)).rejects.toMatchObject(replayed);
  });

  it("without a signature, with a changed claim or of another key is refused", async () => {
    const token = await issuer.token();
    const [header = "", payload = "", signature = ""] = token.split(".");
    const part = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
    const { privateKey } = await generateKeyPair("RS256");
    const forged = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "RS256", kid: "one" })
      .sign(privateKey);
    const symmetric = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "HS256", kid: "one" })
      .sign(new TextEncoder().encode(issuer.url.padEnd(64)));
    for (const bad of [
      `${part({ alg: "none", kid: "one" })}.${payload}.`,
      `${part({ alg: "none", kid: "one" })}.${payload}.${signature}`,
      `${header}.${part({ ...claims, environment: "other" })}.${signature}`,
      ...[forged, symmetric, "a.b.c", "not-a-token"],
    ]) {
      await expect(asking(bad).run("listStacks", undefined), bad).rejects.toMatchObject(refused);
    }
    // What was tried with its parts did not use it up.
    await asking(token).run("listStacks", undefined);
  });

  it("is no token for work itself, and a session is none to sign in with", async () => {
    const headers = (token: string) => ({
      authorization: `Bearer ${token}`,
      "tenantry-protocol": "1",
    });
    const post = async (path: string, token: string): Promise<Response> =>
      await fetch(`${server.url}${path}`, { method: "POST", headers: headers(token), body: "{}" });
    expect((await post("/v1/work/listStacks", await issuer.token())).status).toBe(401);
    const signedIn = await post("/v1/sign-in", await issuer.token());
    const { token } = (await signedIn.json()) as { readonly token: string };
    expect((await post("/v1/sign-in", token)).status).toBe(403);
  });

  it("and the session that it was exchanged for stand in no log", async () => {
    const token = await issuer.token();
    await asking(token).run("listStacks", undefined);
    const log = JSON.stringify(server.log);
    expect(log).toContain('"caller":"applying"');
    for (const part of token.split(".")) expect(log).not.toContain(part);
    expect(log).not.toMatch(/Bearer|voorbeeld/);
  });
});

it("a workspace without any token is told what it lacks", async () => {
  const database = openServerDatabase(server.url, identityOf(AUDIENCE, {}));
  await expect(database.run("listStacks", undefined)).rejects.toMatchObject({
    code: "server-refused",
    hint: expect.stringContaining("TENANTRY_SERVER_TOKEN") as unknown,
  });
});
