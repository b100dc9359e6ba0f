/**
 * The whole way of a decision in a phone-sized browser with a virtual passkey: enrol, be registered, read, say yes; then
 * apply takes it, the record verifies, and so does the receipt without anything of ours.
 */
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { once } from "node:events";
import axe from "axe-core";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import packed from "@sparticuz/chromium";
import { stringify } from "yaml";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ANNA, cloneRoot, TestWorkspace } from "./support/workspace.ts";

const PROGRAM = join(cloneRoot, "dist", "cli", "main.js");
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
const ENGINEERS = ["one", "two"].map((name) => `practice-engineer-${name}@practice.example`);

const workspace = TestWorkspace.create();
let origin = "";
let server: ChildProcess;
let browser: Browser;

beforeAll(async () => {
  await workspace.succeed(["plan", "example"]);
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  origin = `http://localhost:${port}`;
  await workspace.succeed(["log", "example", "--verify"]);
  const keys = ENGINEERS.map(async (email) => {
    const { json } = await workspace.succeed(["keys", "show", email]);
    const purposes = ["bootstrap", "application", "lock-break"];
    return { name: email, email, publicKey: json.publicKey, purposes, revokedAt: null };
  });
  const roots = { version: 1, keys: await Promise.all(keys) };
  writeFileSync(workspace.path("trust-roots.json"), JSON.stringify(roots));
  const access = [{ name: "nobody", may: "read", token: `sha256:${"0".repeat(64)}` }];
  const settings = { url: origin, access, portal: { relyingPartyId: "localhost" } };
  writeFileSync(workspace.path("server.yaml"), stringify(settings));
  const listen = ["--listen", String(port), "--database", workspace.data("state.sqlite")];
  server = spawn(process.execPath, [PROGRAM, "serve", "--json", ...listen], {
    cwd: workspace.root,
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(createInterface({ input: server.stdout ?? process.stdin }), "line");
  const own = "/usr/bin/chromium";
  const executablePath = existsSync(own) ? own : await packed.executablePath();
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}, 180_000);

afterAll(async () => {
  await browser.close();
  server.kill();
});

async function phone(): Promise<Page> {
  const page = await browser.newPage({ viewport: PHONE, locale: "nl-NL" });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal" },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
      automaticPresenceSimulation: true,
    },
  });
  return page;
}

/** Nothing that axe finds, in each language and at both sizes; and nothing to scroll sideways. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    for (const language of ["nl", "en"]) {
      await page.locator(`#language-${language}`).check();
      await page.evaluate(axe.source);
      const found = await page.evaluate(
        "axe.run().then(({violations}) => violations.map(({id, nodes}) => id + ': ' + nodes.map(({html}) => html).join(' ')))",
      );
      expect(found, `${name} ${language}`).toEqual([]);
      const isWide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
      expect(isWide, `${name} ${size.width}`).toBe(false);
    }
  }
  await page.setViewportSize(PHONE);
  await page.locator("#language-nl").check();
}

it("is enrolled, read, signed on a phone, applied, and verified by a program that is not ours", async () => {
  const page = await phone();
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) elsewhere.push(request.url());
  });
  const complaints: string[] = [];
  page.on("console", (message) => {
    // Whoever is not signed in gets the page to do so with a 401, which browsers write down as well.
    const isSignIn = message.text().includes("status of 401");
    if (message.type() === "error" && !isSignIn) complaints.push(message.text());
  });

  const offered = await workspace.succeed(["enrol", "example", ANNA.email]);
  const link = new URL(String(offered.json.link));
  await page.goto(`${origin}${link.pathname}`);
  await expectAccessible(page, "enrol");
  await page.getByLabel("Code van uw beheerder").fill(String(offered.json.code));
  await page.getByRole("button", { name: "Passkey aanmaken" }).click();
  await page.getByRole("button", { name: "Passkey proberen" }).click();
  const fingerprint = page.locator("[data-fingerprint]");
  await fingerprint.filter({ hasText: /[0-9a-f]{4}/ }).waitFor();
  const shown = await fingerprint.textContent();
  await expectAccessible(page, "enrolled");

  const registered = await workspace.text(["register", "example"]);
  expect(registered.stdout, registered.stderr).toContain(shown ?? "missing");

  await page.goto(`${origin}/portal/example`);
  await expectAccessible(page, "sign in");
  await page.getByRole("button", { name: "Inloggen met passkey" }).click();
  const proposal = page.locator(".rows a").first();
  await proposal.waitFor();
  await expectAccessible(page, "proposals");
  await proposal.click();
  await page.getByRole("button", { name: "Ja, akkoord" }).waitFor();
  await expectAccessible(page, "proposal");
  await page.getByLabel("Opmerking").fill("Welkom, Anna!\nEn Bram.");
  await page.getByRole("button", { name: "Ja, akkoord" }).click();
  const download = page.getByRole("link", { name: "Bewijs downloaden" });
  await download.waitFor();
  await expectAccessible(page, "receipt");
  const [file] = await Promise.all([page.waitForEvent("download"), download.click()]);
  const proof = workspace.path("proof.json");
  await file.saveAs(proof);

  await workspace.succeed(["apply", "example"]);
  await workspace.succeed(["log", "example", "--verify"]);
  const verifier = join(cloneRoot, "scripts", "verify-decision.js");
  const told = execFileSync(process.execPath, [verifier, proof], { encoding: "utf8" });
  expect(told).toContain(`fingerprint: ${shown ?? "missing"}`);
  expect(told).toMatch(/decision: approved\n(.|\n)*VALID\n$/);
  const forged = JSON.parse(readFileSync(proof, "utf8")) as { decision: string };
  forged.decision = forged.decision.replace(/"sig":"[^"]{12}/, (sig) => `${sig.slice(0, -4)}AAAA`);
  writeFileSync(proof, JSON.stringify(forged));
  expect(() => execFileSync(process.execPath, [verifier, proof], { stdio: "pipe" })).toThrow();

  await page.goto(`${origin}/portal/example`);
  await page.getByText("Uitgevoerd op").waitFor();
  await expectAccessible(page, "applied");

  await page.getByRole("link", { name: "Zo is het nu" }).click();
  await page.getByRole("heading", { name: "Medewerkers" }).waitFor();
  await expectAccessible(page, "tenant");
  await page.goBack();

  await addSecondDevice(page);
  expect(elsewhere).toEqual([]);
  expect(complaints).toEqual([]);
}, 300_000);

/** Enrolled from the first device, signed by it; then it signs in by itself. */
async function addSecondDevice(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Uw toestellen" }).click();
  await page.getByRole("button", { name: "Link en code maken" }).click();
  const code = page.locator("[data-code]");
  await code.filter({ hasText: /\d{8}/ }).waitFor();
  await expectAccessible(page, "device offered");
  const spare = await phone();
  await spare.goto((await page.locator("[data-link]").textContent()) ?? "");
  await spare.getByLabel("Code van uw beheerder").fill((await code.textContent()) ?? "");
  await spare.getByRole("button", { name: "Passkey aanmaken" }).click();
  await spare.getByRole("button", { name: "Passkey proberen" }).click();
  const own = spare.locator("[data-fingerprint]");
  await own.filter({ hasText: /[0-9a-f]{4}/ }).waitFor();
  await page.reload();
  await expectAccessible(page, "devices");
  await page.getByRole("button", { name: "Registreren" }).click();
  await page.getByRole("button", { name: "Ondertekenen" }).waitFor();
  await page.getByText((await own.textContent()) ?? "").waitFor();
  await expectAccessible(page, "registration");
  await page.getByRole("button", { name: "Ondertekenen" }).click();
  await page.getByText("Er wacht niets.").waitFor();
  await spare.goto(`${origin}/portal/example`);
  await spare.getByRole("button", { name: "Inloggen met passkey" }).click();
  await spare.getByRole("link", { name: "Uw toestellen" }).waitFor();
  await spare.close();
}

it("says to open the link in another browser where there are no passkeys, and keeps it good", async () => {
  const page = await browser.newPage({ viewport: PHONE, locale: "nl-NL" });
  await page.addInitScript("delete window.PublicKeyCredential");
  const offered = await workspace.succeed(["enrol", "example", ANNA.email]);
  await page.goto(`${origin}${new URL(String(offered.json.link)).pathname}`);
  await page.getByText("Open deze pagina in Safari of Chrome").waitFor();
  await expectAccessible(page, "no passkeys");
  await page.reload();
  await page.getByRole("button", { name: "Passkey aanmaken" }).waitFor();
}, 120_000);
