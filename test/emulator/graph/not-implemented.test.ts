import { describe, expect, it } from "vitest";
import { startTestEmulator } from "../support/emulator.ts";

describe("requests without an operation", () => {
  it.each([
    ["GET", "/nonsense", "nonsense"],
    ["GET", "/users/x/nonsense", "nonsense"],
    ["GET", "/identity/nonsense", "nonsense"],
  ])("%s %s is unknown to Graph", async (method, path, segment) => {
    const emulator = await startTestEmulator();
    const { status, body } = await emulator.graph(method, path);
    expect(status).toBe(404);
    expect(body.error.message).toBe(`Resource not found for the segment '${segment}'.`);
  });

  it.each([
    ["GET", "/users/x/messages"],
    ["POST", "/subscribedSkus"],
    ["POST", "/users/x/exportPersonalData"],
    ["GET", "/deviceManagement/managedDevices"],
  ])("%s %s is known to Graph and names itself as not implemented", async (method, path) => {
    const emulator = await startTestEmulator();
    const { status, body } = await emulator.graph(
      method,
      path,
      method === "POST" ? { body: {} } : {},
    );
    expect(status).toBe(501);
    expect(body.error.message).toBe(`The emulator does not implement ${method} /v1.0${path}.`);
  });

  it.each([
    ["DELETE", "/users"],
    ["POST", "/users/$count"],
    ["POST", "/users/x"],
    ["GET", "/users/x/exportPersonalData"],
    ["PUT", "/groups"],
  ])("%s %s is not allowed there", async (method, path) => {
    const emulator = await startTestEmulator();
    const { status, body } = await emulator.graph(
      method,
      path,
      method === "POST" ? { body: {} } : {},
    );
    expect([status, body.error.code]).toEqual([405, "Request_BadRequest"]);
    expect(body.error.message).toBe("Specified HTTP method is not allowed for the request target.");
  });
});
