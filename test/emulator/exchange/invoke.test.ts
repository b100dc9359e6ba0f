import { describe, expect, it } from "vitest";
import { TENANT_ID, contoso } from "../support/emulator.ts";
import { pick, pickText } from "../support/pick.ts";
import { BASE, addMailbox, command, nextLinkOf, startExchange } from "./support/exchange.ts";

describe("InvokeCommand", () => {
  it("says in Exchange's shape that an object was not found", async () => {
    const exchange = await startExchange();
    const answer = await exchange.run("Get-Mailbox", { Identity: "nobody" });
    expect(answer).toEqual({
      status: 404,
      body: {
        error: {
          code: "NotFound",
          message: "Error executing cmdlet",
          details: [
            {
              code: "Client",
              target: "",
              message:
                "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'nobody' couldn't be found on 'EMULATOR.EURPRD01.PROD.OUTLOOK.COM'.",
            },
          ],
          innererror: {
            message: "Error executing cmdlet",
            type: "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
            stacktrace: "",
          },
        },
      },
    });
  });

  it("says what was wrong with a request that never became a cmdlet", async () => {
    const exchange = await startExchange();
    const unknown = await exchange.run("Get-Mailbox", { Identty: "x" });
    expect(unknown).toMatchObject({
      status: 400,
      body: {
        error: {
          message: "Invalid Operation",
          innererror: {
            internalexception: {
              message: "A parameter cannot be found that matches parameter name 'Identty'.",
            },
          },
        },
      },
    });
    const untyped = await exchange.run("Set-Mailbox", {
      Identity: "x",
      EmailAddresses: { add: "y" },
    });
    await addMailbox(exchange, "Ada");
    const plainTable = await exchange.run("Set-Mailbox", {
      Identity: "ada",
      EmailAddresses: { add: "y" },
    });
    expect([untyped.status, plainTable.status]).toEqual([404, 400]);
    expect(pickText(plainTable.body, "error.innererror.internalexception.type")).toContain(
      "ParameterTransformationException",
    );
  });

  it("names a cmdlet that the emulator does not implement", async () => {
    const exchange = await startExchange();
    const answer = await exchange.run("Get-TransportRule");
    expect(answer.status).toBe(501);
    expect(JSON.stringify(answer.body)).toContain("Get-TransportRule");
  });

  it("answers in pages of the size that the client prefers, each asked with the same body", async () => {
    const exchange = await startExchange();
    for (const name of ["A", "B", "C"])
      await exchange.run("New-Mailbox", { Shared: true, Name: name });
    const names: unknown[] = [];
    let url: string | undefined = `${BASE}/InvokeCommand?$select=DisplayName`;
    for (let pages = 0; url !== undefined; pages++) {
      expect(pages).toBeLessThan(2);
      const page = await exchange.post(url, command("Get-Mailbox", { ResultSize: "Unlimited" }), {
        prefer: "odata.maxpagesize=2",
      });
      names.push(...(pick(page.body, "value") as unknown[]));
      url = nextLinkOf(page);
    }
    expect(names).toEqual([{ DisplayName: "A" }, { DisplayName: "B" }, { DisplayName: "C" }]);
  });

  it("gives as many as a number says, all for Unlimited in any case, and refuses other words", async () => {
    const exchange = await startExchange();
    for (const name of ["A", "B", "C"])
      await exchange.run("New-Mailbox", { Shared: true, Name: name });
    const sizes = [2, "2", "unlimited"];
    const counts: number[] = [];
    for (const ResultSize of sizes)
      counts.push((await exchange.output("Get-Mailbox", { ResultSize })).length);
    expect(counts).toEqual([2, 2, 3]);
    expect((await exchange.run("Get-Mailbox", { ResultSize: "many" })).status).toBe(400);
  });

  it.each(["abc", "-1"])(
    "refuses the page token %s instead of answering with nothing",
    async (token) => {
      const exchange = await startExchange();
      const url = `${BASE}/InvokeCommand?$skiptoken=${token}`;
      expect((await exchange.post(url, command("Get-AcceptedDomain"))).status).toBe(400);
    },
  );

  it("refuses without the application's permission, and for another tenant, with bytes that are no JSON", async () => {
    const clientId = "bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    const clientSecret = "also-only-for-tests";
    const exchange = await startExchange({ clientId, clientSecret });
    exchange.emulator.addTenant({
      ...contoso,
      applications: [{ clientId, clientSecret, roles: ["User.Read.All"] }],
    });
    const refused = await exchange.run("Get-Mailbox");
    expect(refused.status).toBe(403);
    expect(refused.body).toMatch(/^\0+$/);

    const allowed = await startExchange();
    expect(
      (await allowed.post("adminapi/v1.0/contoso.com/InvokeCommand", command("Get-Mailbox")))
        .status,
    ).toBe(200);
    const other = TENANT_ID.replaceAll("1", "2");
    expect(
      (await allowed.post(`adminapi/beta/${other}/InvokeCommand`, command("Get-Mailbox"))).status,
    ).toBe(403);
  });
});

describe("the organization in Exchange", () => {
  it("has its verified domains as accepted domains", async () => {
    const exchange = await startExchange();
    expect(await exchange.output("Get-AcceptedDomain")).toMatchObject([
      { DomainName: "contoso.onmicrosoft.com", InitialDomain: true },
      { DomainName: "contoso.com", DomainType: "Authoritative" },
    ]);
    expect(
      await exchange.output("Get-DkimSigningConfig", { Identity: "contoso.com" }),
    ).toMatchObject([
      {
        ...{ Domain: "contoso.com", Enabled: false, Status: "CnameMissing" },
        Selector1CNAME: "selector1-contoso-com._domainkey.contoso.onmicrosoft.com",
      },
    ]);
    expect(await exchange.output("Get-OrganizationConfig")).toMatchObject([
      { Name: "contoso.onmicrosoft.com", DisplayName: "Contoso" },
    ]);
  });
});
