import { describe, expect, it } from "vitest";
import { BASE, addMailbox, command, startExchange } from "./support/exchange.ts";

function request(id: string, cmdlet: string, parameters: object = {}): object {
  return {
    id,
    method: "POST",
    url: "InvokeCommand",
    headers: { "content-type": "application/json" },
    body: command(cmdlet, parameters),
  };
}

describe("a batch of commands", () => {
  it("answers each command by its id, whatever became of the others", async () => {
    const exchange = await startExchange();
    await addMailbox(exchange, "Ada");
    const answer = await exchange.post(`${BASE}/$batch`, {
      requests: [
        request("1", "Set-Mailbox", { Identity: "ada", Type: "Shared" }),
        request("2", "Get-Mailbox", { Identity: "nobody" }),
        request("3", "Get-Mailbox", { Identity: "ada" }),
      ],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        responses: [
          { id: "1", status: 200, body: { value: [] } },
          { id: "2", status: 404, body: { error: { code: "NotFound" } } },
          { id: "3", status: 200, body: { value: [{ IsShared: true }] } },
        ],
      },
    });
  });

  it("holds at most ten", async () => {
    const exchange = await startExchange();
    const batch = (count: number) =>
      exchange.post(`${BASE}/$batch`, {
        requests: Array.from({ length: count }, (_, index) =>
          request(String(index), "Get-AcceptedDomain"),
        ),
      });
    expect((await batch(10)).status).toBe(200);
    expect((await batch(11)).status).toBe(400);
  });

  it.each([
    ["a URL that is none", { url: "http://[" }],
    ["a header that cannot be one", { headers: { "two words": "x" } }],
    ["a list for headers", { headers: ["x"] }],
  ])("is refused as a whole when a request has %s", async (_what, part) => {
    const exchange = await startExchange();
    await addMailbox(exchange, "Ada");
    const answer = await exchange.post(`${BASE}/$batch`, {
      requests: [
        request("1", "Remove-Mailbox", { Identity: "ada" }),
        { ...request("2", "Get-Mailbox"), ...part },
      ],
    });
    expect(answer.status).toBe(400);
    expect((await exchange.run("Get-Mailbox", { Identity: "ada" })).status).toBe(200);
  });
});
