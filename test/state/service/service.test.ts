import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ExpectedError } from "../../../core/expected-error.ts";
import { serveState } from "../../../state/index.ts";
import type { StateService } from "../../../state/index.ts";
import { KIND } from "../../../state/journal/entry.ts";
import { STACK, temporaryState } from "../support/state.ts";
import type { TemporaryState } from "../support/state.ts";

const stackPath = `/api/stacks/${STACK}`;
const begin = { version: 1, kind: KIND.begin, sequenceID: 1, operationID: 1 };

describe("the state service", { timeout: 20_000 }, () => {
  let state: TemporaryState;
  let service: StateService;
  let failures: Error[];

  beforeEach(async () => {
    state = await temporaryState();
    failures = [];
    service = await serveState({
      database: state.database,
      onFailure: (error) => failures.push(error),
    });
    await call("POST", "/api/stacks/tenantry/things", { stackName: "one" });
  });
  afterEach(async () => {
    await service.close();
    await state[Symbol.asyncDispose]();
  });

  interface Told {
    readonly status: number;
    readonly body: Readonly<Record<string, unknown>>;
  }

  interface CallOptions {
    readonly authorization?: string;
    readonly encoding?: string;
  }

  async function send(
    method: string,
    path: string,
    { body, ...options }: CallOptions & { readonly body?: string | Uint8Array<ArrayBuffer> },
  ): Promise<Told> {
    const { authorization = `token ${service.accessToken}`, encoding } = options;
    const answer = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization,
        "user-agent": "pulumi-cli/1 (v3.250.0; linux)",
        ...(encoding === undefined ? {} : { "content-encoding": encoding }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    const told = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: answer.status, body: told };
  }

  const call = (method: string, path: string, body?: object): Promise<Told> =>
    send(method, path, body === undefined ? {} : { body: JSON.stringify(body) });

  interface Begun {
    readonly path: string;
    readonly authorization: string;
  }

  async function begun(kind = "update", options: object = {}): Promise<Begun> {
    const request = { metadata: { message: "m" }, options };
    const { body } = await call("POST", `${stackPath}/${kind}`, request);
    const path = `${stackPath}/update/${String(body.updateID)}`;
    const started = await call("POST", path, { journalVersion: 1 });
    expect(started).toMatchObject({ status: 200, body: { journalVersion: 1 } });
    return { path, authorization: `update-token ${String(started.body.token)}` };
  }

  it.each([
    ["none", ""],
    ["a wrong one", "token guessed"],
    ["an update's", "update-token guessed"],
  ])("answers nobody with %s for an access token", async (_what, authorization) => {
    const path = `${stackPath}/update/any`;
    for (const asked of ["/api/user", stackPath, `${stackPath}/export`, `${path}/cancel`, path]) {
      expect((await send("GET", asked, { authorization })).status).toBe(401);
    }
    expect((await send("POST", `${path}/cancel`, { authorization })).status).toBe(401);
  });

  it("takes nothing for an update with the access token instead of the update's", async () => {
    const { path } = await begun();
    for (const what of ["journalentries", "complete", "renew_lease"]) {
      const body = JSON.stringify({ status: "succeeded", entries: [begin] });
      const method = what === "journalentries" ? "PATCH" : "POST";
      expect((await send(method, `${path}/${what}`, { body })).status).toBe(403);
    }
  });

  it("tells a second update of the first in the words that the Automation API knows", async () => {
    await begun();
    const { body } = await call("POST", `${stackPath}/update`, {});
    const second = `${stackPath}/update/${String(body.updateID)}`;
    expect(await call("POST", second, { journalVersion: 1 })).toEqual({
      status: 409,
      body: { code: 409, message: "Conflict: Another update is currently in progress." },
    });
    for (const [method, path, sent] of [
      ["DELETE", stackPath, undefined],
      ["POST", `${stackPath}/import`, { version: 3, deployment: { manifest: {} } }],
    ] as const) {
      expect((await call(method, path, sent)).status).toBe(409);
    }
  });

  it("keeps nothing of a batch that is cut off", async () => {
    const { path, authorization } = await begun();
    const whole = gzipSync(JSON.stringify({ entries: [begin] }));
    const cut = Uint8Array.from(whole.subarray(0, whole.length - 9));
    const told = { authorization, encoding: "gzip" };
    const refused = await send("PATCH", `${path}/journalentries`, { ...told, body: cut });
    expect(refused.status).toBe(400);
    const kept = Uint8Array.from(whole);
    expect((await send("PATCH", `${path}/journalentries`, { ...told, body: kept })).status).toBe(
      200,
    );
  });

  it("refuses a body that unpacks to more than it takes, so that the engine halves its batch", async () => {
    const { path, authorization } = await begun();
    const body = Uint8Array.from(gzipSync(Buffer.alloc(65 * 1024 * 1024)));
    const told = await send("PATCH", `${path}/journalentries`, {
      authorization,
      encoding: "gzip",
      body,
    });
    expect(told.status).toBe(413);
  });

  it("refuses what it cannot replay, and tells the command why", async () => {
    const { path, authorization } = await begun();
    const body = JSON.stringify({ entries: [{ ...begin, kind: 10 }] });
    const told = await send("PATCH", `${path}/journalentries`, { authorization, body });
    expect(told).toMatchObject({ status: 422, body: { code: 422 } });
    expect(failures).toEqual([expect.any(ExpectedError)]);
  });

  it("refuses an engine that would send whole states", async () => {
    const { body } = await call("POST", `${stackPath}/update`, {});
    expect((await call("POST", `${stackPath}/update/${String(body.updateID)}`, {})).status).toBe(
      400,
    );
  });

  it.each([
    ["preview", {}],
    // `pulumi refresh --preview-only`
    ["refresh", { dryRun: true }],
  ])(
    "lets a %s that only looks run beside an update, and writes nothing for it",
    async (kind, options) => {
      await begun();
      const { path, authorization } = await begun(kind, options);
      expect(
        (await send("POST", `${path}/renew_lease`, { authorization, body: "{}" })).status,
      ).toBe(200);
      const end = { authorization, body: '{"status":"succeeded"}' };
      expect((await send("POST", `${path}/complete`, end)).status).toBe(200);
      const guessed = { ...end, authorization: "update-token guessed" };
      expect((await send("POST", `${path}/complete`, guessed)).status).toBe(403);
      const history = await call("GET", `${stackPath}/updates`);
      expect(history.body).toEqual({ updates: [expect.objectContaining({ version: 1 })] });
    },
  );

  it("names the last update, also after it has ended, so that `cancel` finds something", async () => {
    const named = async (): Promise<unknown> => (await call("GET", stackPath)).body.activeUpdate;
    expect(await named()).toBe("none");
    expect((await call("POST", `${stackPath}/update/none/cancel`)).status).toBe(200);
    const { path, authorization } = await begun();
    await send("POST", `${path}/complete`, { authorization, body: '{"status":"failed"}' });
    expect(path.endsWith(String(await named()))).toBe(true);
  });

  it("says what it does not know", async () => {
    for (const path of [
      "/api/orgs/x",
      "/api/stacks/tenantry/things/two",
      `${stackPath}/export/9`,
    ]) {
      expect(await call("GET", path)).toMatchObject({ status: 404, body: { code: 404 } });
    }
    expect((await call("HEAD", "/api/stacks/tenantry/things")).status).toBe(200);
    expect((await call("HEAD", "/api/stacks/tenantry/others")).status).toBe(404);
  });

  it("answers with a plain failure when something is wrong with itself", async () => {
    const database = await temporaryState();
    const broken = await serveState({
      database: database.database,
      onFailure: (error) => failures.push(error),
    });
    await database[Symbol.asyncDispose]();
    await service.close();
    service = broken;
    const told = await call("GET", stackPath);
    expect(told).toEqual({
      status: 500,
      body: { code: 500, message: "Internal error of the state service." },
    });
    expect(failures).toHaveLength(1);
  });
});
