import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Response } from "undici";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createMicrosoft365 } from "../../../services/microsoft365.ts";
import {
  codesOf,
  connectionFailure,
  isLoopback,
  readAnswer,
} from "../../../services/transport/http.ts";
import { nobodysOrigin } from "./support/nobody.ts";
import { endpointsAt, TENANT_ID, tinyService } from "./support/tiny-service.ts";

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe("connections", () => {
  it("are refused when nobody vouches for the certificate, without trying again", async () => {
    const { origin, seen } = await tinyService(() => ({}));
    const stranger = createMicrosoft365({
      tenantId: TENANT_ID,
      endpoints: endpointsAt(origin),
      credential: {
        kind: "token-credential",
        credential: { getToken: async () => ({ token: "token-1", expiresOnTimestamp: 0 }) },
      },
    });
    await expect(stranger.graph.get("/users/1")).rejects.toMatchObject({
      code: "connection-failed",
      hint: expect.stringContaining("certificate") as string,
    });
    await stranger.close();
    expect(seen).toHaveLength(0);
  });

  it("that could not be made are tried again until the deadline", async () => {
    const { client } = await tinyService(() => ({}), {
      endpoints: endpointsAt(await nobodysOrigin()),
    });
    await expect(client.graph.get("/users/1", { deadlineMs: 20_000 })).rejects.toMatchObject({
      code: "deadline-exceeded",
      message: expect.stringMatching(/Gave up after \d+ attempts.*ECONNREFUSED/) as string,
    });
  });

  it("to this machine do not go through a proxy", async () => {
    vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:1");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const { client } = await tinyService(() => ({ body: { id: "1" } }));
    await expect(client.graph.get("/users/1")).resolves.toEqual({ id: "1" });
    expect(isLoopback("https://localhost:8443/veeam")).toBe(true);
    expect(isLoopback("https://localhost.example.com")).toBe(false);
  });

  it.each([
    ["ECONNREFUSED", "not-sent"],
    ["UND_ERR_CONNECT_TIMEOUT", "not-sent"],
    ["ECONNRESET", "lost"],
    ["UND_ERR_SOCKET", "lost"],
    ["UND_ERR_HEADERS_TIMEOUT", "lost"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "refused"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "refused"],
    ["ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE", "refused"],
    ["ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "lost"],
  ])("that end with %s count as %s", (code, kind) => {
    const error = new TypeError("fetch failed", { cause: withCode(code) });
    expect(codesOf(error)).toEqual([code]);
    expect(connectionFailure(error)?.kind).toBe(kind);
  });

  it.each(["EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"])(
    "that break off with %s may have carried the request, unless they were never made",
    (code) => {
      const during = (syscall: string) => Object.assign(withCode(code), { syscall });
      expect(connectionFailure(during("read"))?.kind).toBe("lost");
      expect(connectionFailure(new AggregateError([during("connect")]))?.kind).toBe("not-sent");
    },
  );

  it("to something that does not speak TLS are a failed connection, not a bug", async () => {
    const server = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.close();
    });
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    const { client } = await tinyService(() => ({}), {
      endpoints: { ...endpointsAt(origin), login: "https://localhost" },
      credential: {
        kind: "token-credential",
        credential: {
          getToken: () => Promise.resolve({ token: "token-1", expiresOnTimestamp: Infinity }),
        },
      },
    });
    await expect(client.graph.get("/users/1")).rejects.toMatchObject({ code: "connection-failed" });
  });

  it("have nothing to do with bugs of ours", () => {
    expect(connectionFailure(new TypeError("x is not a function"))).toBeUndefined();
    expect(connectionFailure(withCode("ENOENT"))).toBeUndefined();
  });
});

describe("answers", () => {
  const json = { "content-type": "application/json" };

  it("that end in the middle count as lost", async () => {
    const answer = readAnswer(new Response('{"value":[', { headers: json }));
    await expect(answer).rejects.toMatchObject({ kind: "lost" });
  });

  it("of Exchange that are NUL bytes still have a status", async () => {
    const answer = readAnswer(new Response("\0\0", { status: 403, headers: json }));
    await expect(answer).resolves.toMatchObject({ status: 403, body: "\0\0" });
  });
});
