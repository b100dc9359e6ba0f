import { describe, expect, it } from "vitest";
import { TENANT_ID, tinyService } from "../transport/support/tiny-service.ts";

const PATH = `/exchange/adminapi/beta/${TENANT_ID}/InvokeCommand`;

function exchangeError(type: string, message = "words") {
  const details = [
    { code: "Client", target: "", message: `|Microsoft.Exchange.${type}|${message}` },
  ];
  return { error: { code: "BadRequest", message: "Invalid Operation", details } };
}

describe("Exchange client", () => {
  it("runs a cmdlet and reads all its pages and warnings", async () => {
    const service = await tinyService(({ path }) => ({
      body: path.includes("skiptoken")
        ? { value: [{ Name: "b" }], "@adminapi.warnings": ["second"] }
        : {
            value: [{ Name: "a" }],
            "@adminapi.warnings": ["first"],
            "@odata.nextLink": `https://outlook.office365.com${PATH.slice("/exchange".length)}?$skiptoken=1`,
          },
    }));
    const found = await service.client.exchange.invoke("Get-Mailbox", { ResultSize: "Unlimited" });
    expect(found).toEqual({ value: [{ Name: "a" }, { Name: "b" }], warnings: ["first", "second"] });
    expect(service.seen.map(({ path }) => path)).toEqual([PATH, `${PATH}?$skiptoken=1`]);
    expect(service.seen[1]).toMatchObject({
      method: "POST",
      body: { CmdletInput: { CmdletName: "Get-Mailbox", Parameters: { ResultSize: "Unlimited" } } },
      headers: {
        "x-anchormailbox": `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${TENANT_ID}`,
        "x-cmdletname": "Get-Mailbox",
      },
    });
  });

  it("reads where nothing may be written, alone and in batches, and nothing else", async () => {
    const service = await tinyService(() => ({ body: { value: [] } }), {
      mayWrite: () => {
        throw new Error("Only reads");
      },
    });
    const { exchange } = service.client;
    await exchange.invoke("Get-Mailbox", {});
    await Promise.all([exchange.invoke("Get-Mailbox", {}), exchange.invoke("Get-Recipient", {})]);
    await expect(exchange.invoke("Set-Mailbox", {})).rejects.toThrow("Only reads");
    const mixed = [exchange.invoke("Get-Mailbox", {}), exchange.invoke("Set-Mailbox", {})];
    for (const { status } of await Promise.allSettled(mixed)) expect(status).toBe("rejected");
    expect(service.seen).toHaveLength(3);
  });

  it("puts cmdlets that run together in batches of ten", async () => {
    const service = await tinyService(({ body }) => ({ body: { value: [body] } }));
    const names = Array.from({ length: 25 }, (_, index) => `m${index}`);
    const found = await Promise.all(
      names.map((Identity) => service.client.exchange.invoke("Get-Mailbox", { Identity })),
    );
    expect(
      found
        .map(({ value }) => value[0])
        .map((body) => JSON.stringify(body).includes("Get-Mailbox")),
    ).not.toContain(false);
    expect(service.batches).toBe(3);
  });

  it("gives undefined only for an object that Exchange says is not there", async () => {
    const absent = { status: 400, body: exchangeError("ManagementObjectNotFoundException") };
    const wrong = {
      status: 400,
      body: exchangeError("ParameterBindingException", "No such parameter"),
    };
    const first = await tinyService(() => absent);
    await expect(first.client.exchange.tryGet("Get-Mailbox", {})).resolves.toBeUndefined();
    const second = await tinyService(() => wrong);
    await expect(second.client.exchange.tryGet("Get-Mailbox", {})).rejects.toMatchObject({
      code: "bad-request",
      serviceCode: "ParameterBindingException",
      serviceMessage: "No such parameter",
    });
  });

  it("does not make a second mailbox when the answer to the first was lost", async () => {
    const { client, seen } = await tinyService(() => "cut");
    await expect(client.exchange.invoke("New-Mailbox", { Shared: true })).rejects.toMatchObject({
      code: "outcome-unknown",
      service: "exchange",
    });
    expect(seen).toHaveLength(1);
    const find = () => Promise.resolve({ value: [{ Name: "a" }], warnings: [] });
    const call = client.exchange.invoke("New-Mailbox", { Shared: true }, { find });
    await expect(call).resolves.toEqual({ value: [{ Name: "a" }], warnings: [] });
  });

  it("does not take an answer without a body for a mailbox that does not exist", async () => {
    const { client } = await tinyService(() => ({ status: 200 }));
    await expect(client.exchange.tryGet("Get-Mailbox", {})).rejects.toMatchObject({
      code: "incomplete-answer",
    });
    await expect(client.exchange.invoke("Set-Mailbox", {})).resolves.toEqual({
      value: [],
      warnings: [],
    });
  });

  it("takes a removal as done when the object is gone after a lost answer", async () => {
    let count = 0;
    const gone = { status: 400, body: exchangeError("ManagementObjectNotFoundException") };
    const { client } = await tinyService(() => (++count === 1 ? "cut" : gone));
    await expect(client.exchange.invoke("Remove-Mailbox", { Identity: "x" })).resolves.toEqual({
      value: [],
      warnings: [],
    });
  });

  it("follows no link to another host", async () => {
    const link = "https://localhost:1/InvokeCommand";
    const { client } = await tinyService(() => ({ body: { value: [], "@odata.nextLink": link } }));
    await expect(client.exchange.invoke("Get-Mailbox", {})).rejects.toMatchObject({
      code: "unexpected-answer",
    });
  });
});
