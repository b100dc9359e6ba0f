import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import {
  contoso,
  createGroup,
  createUser,
  startTestEmulator,
  TENANT_ID,
} from "./support/emulator.ts";

const directories: string[] = [];

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "tenantry-emulator-"));
  directories.push(directory);
  return directory;
}

afterEach(() => {
  for (const directory of directories.splice(0))
    rmSync(directory, { recursive: true, force: true });
});

describe("the emulator", () => {
  it("answers over HTTPS with a token that it issued", async () => {
    const emulator = await startTestEmulator();
    const { status, body } = await emulator.graph("GET", "/organization");
    expect(status).toBe(200);
    expect(body.value).toMatchObject([{ id: TENANT_ID, displayName: "Contoso" }]);
  });

  it("names every service's address on its one port", async () => {
    const { origin, endpoints } = await startTestEmulator();
    expect(endpoints).toEqual({
      login: origin,
      graph: origin,
      sharePoint: `${origin}/sharepoint/{host}`,
      exchange: `${origin}/exchange`,
      partnerCenter: `${origin}/partnercenter`,
      backup: `${origin}/veeam`,
      azure: `${origin}/azure`,
      cloudflare: `${origin}/cloudflare`,
    });
  });

  it("shows people what is in it, and logs requests without what they say about people", async () => {
    const emulator = await startTestEmulator();
    await createUser(emulator, { mailNickname: "geheim" });
    await emulator.graph("GET", "/users/geheim@contoso.com");
    const page = await (await emulator.fetch(`${emulator.origin}/`)).text();
    expect(page).toContain("Contoso");
    expect(page).toContain("GET /v1.0/users/:id");
    expect(page).toContain("visibilityDelayMs");
    expect(page + JSON.stringify(emulator.requestLog.entries())).not.toContain("geheim");
  });
});

describe("a port that another program has", () => {
  it("is refused with what to do, and the emulator leaves nothing open", async () => {
    const { origin } = await startTestEmulator();
    const port = Number(new URL(origin).port);
    await expect(startEmulator({ directory: ":memory:", port })).rejects.toMatchObject({
      code: "port-not-free",
      message: `The emulator cannot listen on port ${port} of 127.0.0.1.`,
    });
  });
});

describe("adding a tenant", () => {
  it("again changes nothing, and with more adds what is more", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    emulator.addTenant({
      ...contoso,
      domains: ["contoso.com", "contoso.nl"],
      subscribedSkus: [
        { skuPartNumber: "SPB", enabledUnits: 3 },
        { skuPartNumber: "EXCHANGESTANDARD", enabledUnits: 9 },
      ],
    });
    const { body } = await emulator.graph("GET", "/subscribedSkus");
    const units = body.value.map((sku) => [
      sku.skuPartNumber,
      (sku.prepaidUnits as { enabled: number }).enabled,
    ]);
    expect(units).toEqual([
      ["SPB", 5],
      ["EXCHANGESTANDARD", 9],
    ]);
    expect((await emulator.graph("GET", "/domains")).body.value.map(({ id }) => id)).toContain(
      "contoso.nl",
    );
    expect((await emulator.graph("GET", `/users/${user.id}`)).status).toBe(200);
  });

  it("refuses a licence that nobody knows, and leaves no tenant behind", async () => {
    const emulator = await startTestEmulator();
    const tenantId = "44444444-2222-4333-8444-555555555555";
    const add = () => {
      emulator.addTenant({
        ...contoso,
        tenantId,
        subscribedSkus: [{ skuPartNumber: "NOPE", enabledUnits: 1 }],
      });
    };
    expect(add).toThrow(expect.objectContaining({ code: "unknown-sku" }) as Error);
    expect(() => emulator.exportTenant(tenantId)).toThrow(
      expect.objectContaining({ code: "unknown-tenant" }) as Error,
    );
  });
});

describe("the directory", () => {
  it("keeps state and certificates from one start to the next, the private part for its owner only", async () => {
    const directory = newDirectory();
    const first = await startTestEmulator({ directory });
    const user = await createUser(first);
    const second = await startTestEmulator({ directory });
    expect((await second.graph("GET", `/users/${user.id}`)).status).toBe(200);
    expect(second.certificateAuthorityPem).toBe(first.certificateAuthorityPem);
    expect(readFileSync(join(directory, "ca.pem"), "utf8")).toBe(first.certificateAuthorityPem);
    expect(statSync(join(directory, "certificates.json")).mode & 0o777).toBe(0o600);
  });

  it("gets new certificates when those it keeps are damaged", async () => {
    const directory = newDirectory();
    const first = await startTestEmulator({ directory });
    writeFileSync(join(directory, "certificates.json"), "{ damaged");
    const second = await startTestEmulator({ directory });
    expect(second.certificateAuthorityPem).not.toBe(first.certificateAuthorityPem);
    expect((await second.graph("GET", "/users")).status).toBe(200);
  });

  it("accepts a token of another emulator on it", async () => {
    const directory = newDirectory();
    const first = await startTestEmulator({ directory });
    const second = await startTestEmulator({ directory });
    const headers = { authorization: `Bearer ${await first.token()}` };
    expect((await second.graph("GET", "/users", { headers })).status).toBe(200);
  });

  it(
    "serves several processes at once without losing or doubling anything",
    { timeout: 60_000 },
    async () => {
      const directory = newDirectory();
      const emulator = await startTestEmulator({ directory });
      const script = join(import.meta.dirname, "support", "writer.ts");
      const children = [1, 2].map(() =>
        spawn(process.execPath, [script, directory, TENANT_ID, "15"], { stdio: "inherit" }),
      );
      const exits = children.map((child) => once(child, "exit"));
      for (let index = 0; index < 15; index += 1) await createGroup(emulator);
      expect((await Promise.all(exits)).map(([code]) => code as number)).toEqual([0, 0]);
      const ids = emulator.state.read(TENANT_ID, ({ store }) =>
        store.list({ name: "group", keys: {} }).map(({ object }) => object.id),
      );
      expect([ids.length, new Set(ids).size]).toEqual([45, 45]);
    },
  );

  it("is not needed in memory", async () => {
    const emulator = await startEmulator({ directory: ":memory:" });
    expect(existsSync(":memory:")).toBe(false);
    await emulator.close();
  });
});

describe("a sample tenant", () => {
  it("is a believable company, the same for the same seed", async () => {
    const [one, two] = [await startTestEmulator(), await startTestEmulator()];
    const options = {
      people: 300,
      clientId: "aaaaaaaa-0000-4ccc-8ddd-eeeeeeeeeeee",
      clientSecret: "sample",
    };
    const sample = one.addSampleTenant(options);
    expect(two.addSampleTenant(options)).toEqual(sample);
    expect(one.exportTenant(sample.seed.tenantId)).toEqual(two.exportTenant(sample.seed.tenantId));
    expect(new Set(sample.people.map((person) => person.userPrincipalName)).size).toBe(300);
    expect(new Set(sample.people.map((person) => person.department)).size).toBe(7);
    expect(sample.people.some((person) => !person.accountEnabled)).toBe(true);
    expect(sample.groups.some((group) => group.owners.length === 0)).toBe(true);
    const licensed = sample.people.filter((person) => person.license === "SPB").length;
    const consumed = one.state.read(sample.seed.tenantId, ({ store }) =>
      store.countKey({ name: "user" }, "activeSku", "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"),
    );
    expect(consumed).toBe(licensed);
  });
});
