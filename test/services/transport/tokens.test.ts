import { writeFileSync, mkdtempSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Silence } from "../../../services/transport/silence.ts";
import { Tokens, type TokensOptions } from "../../../services/transport/tokens.ts";
import type { CredentialSource } from "../../../services/transport/types.ts";
import { WireFailure } from "../../../services/transport/http.ts";
import { makeCertificate, makeRsaKeys } from "./support/certificate.ts";
import { nobodysOrigin } from "./support/nobody.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

const TENANT_ID = "11111111-2222-4333-8444-555555555555";
const common = {
  tenantId: TENANT_ID,
  clock: new VirtualClock(),
  random: () => 0.5,
  signal: new AbortController().signal,
};
const tokensOf = (
  options: Partial<TokensOptions> & Pick<TokensOptions, "login" | "credential" | "authorities">,
) => new Tokens({ ...common, silence: new Silence(common.clock), ...options });
const SCOPE = "https://graph.microsoft.com/.default";

/** A login service; `answer` decides about each token request, given its form; `undefined` gives none. */
async function loginService(
  answer: (form: URLSearchParams, count: number) => { status?: number; body: unknown } | undefined,
  arrived?: () => void,
) {
  const { certificatePem, keyPem } = await makeCertificate("localhost");
  const forms: URLSearchParams[] = [];
  const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const base = `${origin}/${TENANT_ID}`;
      let reply: { status?: number; body: unknown } | undefined = {
        body: {
          issuer: `${base}/v2.0`,
          authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
          token_endpoint: `${base}/oauth2/v2.0/token`,
          jwks_uri: `${base}/keys`,
        },
      };
      if (request.method === "POST") {
        forms.push(new URLSearchParams(Buffer.concat(chunks).toString()));
        reply = answer(forms.at(-1) ?? new URLSearchParams(), forms.length);
        arrived?.();
      }
      // Nothing: it keeps the connection and says nothing.
      if (reply === undefined) return;
      response.writeHead(reply.status ?? 200, { "content-type": "application/json" });
      response.end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const options = { login: origin, authorities: [certificatePem] };
  const tokens = (
    credential: CredentialSource,
    authorities: string[] | undefined = options.authorities,
    signal: AbortSignal = common.signal,
  ) => tokensOf({ ...options, credential, authorities, signal });
  return { forms, options, tokens };
}

const granted = (_form: URLSearchParams, count: number) => ({
  body: { token_type: "Bearer", expires_in: 3600, access_token: `token-${count}` },
});
const secret: CredentialSource = { kind: "client-secret", clientId: "app", clientSecret: "x" };

describe("tokens", () => {
  it("are fetched once for a scope, however many ask at the same time", async () => {
    const { tokens, forms } = await loginService(granted);
    const source = tokens(secret);
    await expect(Promise.all([source.get(SCOPE), source.get(SCOPE)])).resolves.toEqual([
      "token-1",
      "token-1",
    ]);
    await source.get(SCOPE);
    expect(forms).toHaveLength(1);
    expect(forms[0]?.get("scope")).toContain(SCOPE);
  });

  it("are replaced when the service refused one, once", async () => {
    const { tokens, forms } = await loginService(granted);
    const source = tokens(secret);
    const refused = await source.get(SCOPE);
    source.renew(SCOPE, refused);
    await expect(source.get(SCOPE)).resolves.toBe("token-2");
    source.renew(SCOPE, refused);
    await expect(source.get(SCOPE)).resolves.toBe("token-2");
    expect(forms).toHaveLength(2);
  });

  it("come for a certificate, which signs the request", async () => {
    const { tokens, forms } = await loginService(granted);
    const keys = await makeRsaKeys();
    const { certificatePem, keyPem } = await makeCertificate("app", keys);
    const source = tokens({
      kind: "client-certificate",
      clientId: "app",
      certificatePem: `${certificatePem}\n${keyPem}\n`,
    });
    await expect(source.get(SCOPE)).resolves.toBe("token-1");
    expect(forms[0]?.get("client_assertion")?.split(".")).toHaveLength(3);
    expect(forms[0]?.has("client_secret")).toBe(false);
  });

  it("come for a federated token, from a file or from the caller", async () => {
    const { tokens, forms } = await loginService(granted);
    const tokenFilePath = join(mkdtempSync(join(tmpdir(), "tenantry-")), "token");
    writeFileSync(tokenFilePath, "a.b.c");
    const getAssertion = () => Promise.resolve("d.e.f");
    await tokens({ kind: "workload-identity", clientId: "app", tokenFilePath }).get(SCOPE);
    await tokens({ kind: "federated-token", clientId: "app", getAssertion }).get(SCOPE);
    expect(forms.map((form) => form.get("client_assertion"))).toEqual(["a.b.c", "d.e.f"]);
  });

  it("are refused with the code and words of the login service", async () => {
    const { tokens } = await loginService(() => ({
      status: 401,
      body: {
        error: "invalid_client",
        error_description:
          "AADSTS7000215: Invalid client secret provided. Trace ID: 1 Correlation ID: 2 Timestamp: 3",
        error_codes: [7000215],
      },
    }));
    await expect(tokens(secret).get(SCOPE)).rejects.toMatchObject({
      code: "sign-in-failed",
      service: "login",
      serviceCode: "AADSTS7000215",
      message: `Signing in to tenant ${TENANT_ID} failed: the client secret is wrong (AADSTS7000215)`,
      hint: "Set AZURE_CLIENT_SECRET to the value of the secret, not its id.",
    });
  });

  it("are refused in the login service's own words where the number is not known", async () => {
    const { tokens } = await loginService(() => ({
      status: 400,
      body: {
        error: "invalid_request",
        error_description: "AADSTS9999999: Something new. Trace ID: 1 Correlation ID: 2",
        error_codes: [9999999],
      },
    }));
    await expect(tokens(secret).get(SCOPE)).rejects.toMatchObject({
      message: `Signing in to tenant ${TENANT_ID} failed: AADSTS9999999 Something new.`,
      hint: expect.stringContaining("Check the tenant id") as string,
    });
  });

  it("are asked for again when the login service fails", async () => {
    const trouble = { status: 503, body: { error: "temporarily_unavailable" } };
    const { tokens, forms } = await loginService((form, count) =>
      count < 3 ? trouble : granted(form, count),
    );
    await expect(tokens(secret).get(SCOPE)).resolves.toBe("token-3");
    expect(forms).toHaveLength(3);
  });

  it("keep nobody from trying on when the login service is busy for long: it answers", async () => {
    const busy = { status: 429, body: { error: "temporarily_unavailable" } };
    const { options } = await loginService(() => busy);
    const silence = new Silence(common.clock);
    const sentAt = common.clock.now();
    await expect(
      tokensOf({ ...options, credential: secret, silence }).get(SCOPE),
    ).rejects.toBeInstanceOf(WireFailure);
    expect(common.clock.now() - sentAt).toBeGreaterThan(60_000);
    const tried = {
      service: "graph",
      tries: 1,
      sentAt,
      pauseMs: 30_000,
      wasClosed: false,
    } as const;
    expect(silence.mayEnd(tried)).toBe(true);
  });

  it("are asked for again when the login service does not answer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { tokens, forms } = await loginService(
      (form, count) => (count === 1 ? undefined : granted(form, count)),
      () => {
        if (forms.length === 1) vi.advanceTimersByTime(60_000);
      },
    );
    await expect(tokens(secret).get(SCOPE)).resolves.toBe("token-2");
  });

  it("are not waited for when the run is cancelled", async () => {
    const stop = new AbortController();
    const { tokens } = await loginService(
      () => undefined,
      () => {
        stop.abort(new Error("Ctrl-C"));
      },
    );
    const waiting = tokens(secret, undefined, stop.signal).get(SCOPE);
    await expect(waiting).rejects.toThrow("Ctrl-C");
  });

  it("are not fetched from a host whose certificate nobody vouches for", async () => {
    const { tokens, forms } = await loginService(granted);
    const source = new Promise<string>((resolve, reject) => {
      tokens(secret, []).get(SCOPE).then(resolve, reject);
    });
    await expect(source).rejects.toSatisfy(
      (error) => error instanceof WireFailure && error.kind === "refused",
    );
    expect(forms).toHaveLength(0);
  });

  it("may be asked for again when the login service cannot be reached", async () => {
    const source = tokensOf({
      login: await nobodysOrigin(),
      credential: secret,
      authorities: undefined,
    });
    await expect(source.get(SCOPE)).rejects.toMatchObject({ kind: "not-sent" });
  });
});
