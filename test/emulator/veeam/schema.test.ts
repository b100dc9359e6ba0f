import { describe, expect, it } from "vitest";
import { pickText } from "../support/pick.ts";
import { EmulatorDefect } from "../../../emulator/core/failure.ts";
import { checkAnswer } from "../../../emulator/veeam/schema.ts";
import { NO_SUCH_ID, startBackupServer } from "./support/backup-server.ts";

describe("the check against Veeam's description", () => {
  it("names an operation that the emulator does not implement", async () => {
    const { call } = await startBackupServer();
    const answer = await call("GET", "/v8/VexEmailSettings");
    expect(answer.status).toBe(501);
    expect(pickText(answer.body, "message")).toContain("GET /v8/VexEmailSettings");
  });

  it("knows no path that the description does not have", async () => {
    const { call } = await startBackupServer();
    expect(await call("GET", "/v8/Nothing")).toMatchObject({
      status: 404,
      body: { errorCode: "ResourceNotFound" },
    });
  });

  it("refuses an unknown query parameter and says so", async () => {
    const { call } = await startBackupServer();
    const answer = await call("GET", "/v8/Jobs?top=5");
    expect(answer).toMatchObject({
      status: 400,
      body: { message: "Unknown query parameter: top" },
    });
  });

  it("answers 404 for an object that is not there", async () => {
    const { call } = await startBackupServer();
    const answer = await call("GET", `/v8/Jobs/${NO_SUCH_ID}`);
    expect(answer).toMatchObject({ status: 404, body: { errorCode: "ResourceNotFound" } });
  });

  it("takes an answer of another shape for a defect of the emulator", () => {
    const page = { offset: 0, limit: 30 };
    expect(checkAnswer("GET /v8/Jobs", { ...page, results: [] })).toBe(200);
    expect(() => checkAnswer("GET /v8/Jobs", { ...page, results: [{ jobName: "x" }] })).toThrow(
      EmulatorDefect,
    );
  });
});
