import { describe, expect, it } from "vitest";
import { tinyService, type Script } from "../transport/support/tiny-service.ts";

const NO_COOKIES = { disable_antiforgery_token: "true" };
const CREDENTIALS = { username: "operator", password: "not-a-secret" };

/** The vendor's sign-in, then whatever `script` says for the rest. */
const withSignIn =
  (grants: Record<string, string>[], script: Script): Script =>
  (request) => {
    if (request.path !== "/veeam/v8/token") return script(request);
    const grant = Object.fromEntries(new URLSearchParams(request.body as string));
    grants.push(grant);
    if (grant.password === "wrong") return { status: 400, body: { errorCode: "HttpError" } };
    const count = String(grants.length);
    return { body: { access_token: `token-v${count}`, refresh_token: `refresh-${count}` } };
  };

describe("backup client", () => {
  it("signs in with the vendor's own password, once", async () => {
    const grants: Record<string, string>[] = [];
    const { client, seen } = await tinyService(withSignIn(grants, () => ({ body: { id: "1" } })));
    const backup = client.backup(CREDENTIALS);
    await Promise.all([backup.get("/v8/Jobs/1"), backup.get("/v8/Jobs/2")]);
    expect(grants).toEqual([{ grant_type: "password", ...CREDENTIALS, ...NO_COOKIES }]);
    expect(seen.at(-1)?.headers.authorization).toBe("Bearer token-v1");
  });

  it("renews its session with the refresh token", async () => {
    const grants: Record<string, string>[] = [];
    const { client } = await tinyService(
      withSignIn(grants, ({ headers }) =>
        headers.authorization === "Bearer token-v1" ? { status: 401 } : { body: { id: "1" } },
      ),
    );
    await expect(client.backup(CREDENTIALS).get("/v8/Jobs/1")).resolves.toEqual({ id: "1" });
    expect(grants[1]).toEqual({
      grant_type: "refresh_token",
      refresh_token: "refresh-1",
      ...NO_COOKIES,
    });
  });

  it("fails when the password is wrong, without showing it", async () => {
    const { client } = await tinyService(withSignIn([], () => ({})));
    const call = client.backup({ username: "operator", password: "wrong" }).get("/v8/Jobs");
    await expect(call).rejects.toMatchObject({
      code: "sign-in-failed",
      service: "backup",
      message: expect.not.stringContaining("wrong") as string,
    });
  });

  it("reads a collection page by page", async () => {
    const { client, seen } = await tinyService(
      withSignIn([], ({ path }) => {
        const offset = Number(new URL(path, "https://x").searchParams.get("offset"));
        const results = [1, 2, 3, 4, 5].slice(offset, offset + 2);
        return { body: { offset, limit: 2, results } };
      }),
    );
    await expect(client.backup(CREDENTIALS).all("/v8/Jobs?limit=2")).resolves.toEqual([
      1, 2, 3, 4, 5,
    ]);
    expect(seen).toHaveLength(4);
  });

  it("reads the vendor's errors", async () => {
    const body = { errorCode: "OperationConflict", message: "A job with this name exists" };
    const { client } = await tinyService(withSignIn([], () => ({ status: 409, body })));
    await expect(client.backup(CREDENTIALS).put("/v8/Jobs/1", {})).rejects.toMatchObject({
      code: "conflict",
      serviceCode: "OperationConflict",
      serviceMessage: "A job with this name exists",
    });
  });
});
