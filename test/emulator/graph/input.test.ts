import { describe, expect, it } from "vitest";
import {
  createGroup,
  createUser,
  startTestEmulator,
  type TestEmulator,
} from "../support/emulator.ts";

/** A write with the body and headers exactly as given. */
async function send(
  emulator: TestEmulator,
  request: { method: string; path: string; body?: Uint8Array; contentType?: string },
): Promise<[number, string, string]> {
  const { method, path, body, contentType } = request;
  const response = await emulator.fetch(`${emulator.endpoints.graph}/v1.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await emulator.token()}`,
      ...(contentType === undefined ? {} : { "content-type": contentType }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return [response.status, error.code, error.message];
}

describe("a body", () => {
  it.each([
    [
      undefined,
      "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
    ],
    ["text/plain", "Entity only allows writes with a JSON Content-Type header."],
    [
      "application/x-www-form-urlencoded",
      "Entity only allows writes with a JSON Content-Type header.",
    ],
  ])("with content type %s is refused in Graph's words", async (contentType, message) => {
    const emulator = await startTestEmulator();
    const group = await createGroup(emulator);
    const user = await createUser(emulator);
    const url = `https://graph.microsoft.com/v1.0/users/${user.id}`;
    const isForm = contentType?.includes("form") === true;
    const refused = await send(emulator, {
      method: "POST",
      path: `/groups/${group.id}/members/$ref`,
      body: Buffer.from(isForm ? `@odata.id=${url}` : JSON.stringify({ "@odata.id": url })),
      ...(contentType === undefined ? {} : { contentType }),
    });
    expect(refused).toEqual([400, "BadRequest", message]);
  });

  it.each([
    ["POST", "/users"],
    ["PATCH", "/groups"],
  ])("that a %s to %s lacks is asked for in Graph's words", async (method, collection) => {
    const emulator = await startTestEmulator();
    const path =
      method === "PATCH" ? `${collection}/${(await createGroup(emulator)).id}` : collection;
    expect(await send(emulator, { method, path, contentType: "application/json" })).toEqual([
      400,
      "BadRequest",
      "Empty Payload. JSON content expected.",
    ]);
  });

  it("with empty read-only properties, as some clients send them, leaves these as they are", async () => {
    const emulator = await startTestEmulator();
    const group = await createGroup(emulator, { groupTypes: ["Unified"], mailEnabled: true });
    const path = `/groups/${group.id}`;
    const select = "?$select=mail,proxyAddresses,createdDateTime";
    const before = await emulator.graph("GET", path + select);
    const body = { mail: null, proxyAddresses: [], createdDateTime: null, description: "New" };
    expect((await emulator.graph("PATCH", path, { body })).status).toBe(204);
    expect((await emulator.graph("GET", path + select)).body).toEqual(before.body);
  });

  it.each([
    ["/users", { "manager@odata.bind": "https://graph.microsoft.com/v1.0/users/x" }],
    ["/groups", { "acceptedSenders@odata.bind": ["https://graph.microsoft.com/v1.0/users/x"] }],
    ["/groups", { members: [{ id: "x" }] }],
  ])("for %s with a relation that the emulator does not keep is 501: %j", async (path, body) => {
    const emulator = await startTestEmulator();
    expect((await emulator.graph("POST", path, { body })).status).toBe(501);
  });
});
