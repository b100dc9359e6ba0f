import { expect, it } from "vitest";
import { mxTtl } from "../../core/dns-ttl.ts";
import { startDnsServer } from "../operations/dns/dns-server.ts";

it("asks a domain's own name servers how long its mail records are kept", async () => {
  const server = await startDnsServer({
    "NS contoso.com": ["ns1.oudhost.example"],
    "A ns1.oudhost.example": ["127.0.0.1"],
    "MX contoso.com": ["10 mail.oudhost.example"],
    "NS without.example": ["ns1.oudhost.example"],
  });
  const port = Number(server.address.split(":")[1]);
  const options = { servers: [server.address], port };
  expect(await mxTtl("contoso.com", options)).toEqual({ seconds: 300 });
  expect(await mxTtl("without.example", options)).toEqual({
    unreachable: "no name server answered",
  });
  expect(await mxTtl("nowhere.example", options)).toEqual({ unreachable: "ENODATA" });
});
