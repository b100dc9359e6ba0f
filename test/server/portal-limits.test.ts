/** How often one address may ask the portal, and be refused; others are not held up by it. */
import { request as send } from "node:http";
import { expect, it } from "vitest";
import { STACK } from "../operations/support.ts";
import { ORIGIN, startPortal } from "./support/portal.ts";

interface Asked {
  readonly url: string;
  readonly method?: string;
  readonly origin?: string;
  readonly body?: string;
  /** Of this machine; on Linux all of 127.0.0.0/8 are. */
  readonly from?: string;
}

function ask({ url, method = "POST", origin = ORIGIN, body = "{}", from }: Asked): Promise<number> {
  const localAddress = from === undefined ? {} : { localAddress: from };
  return new Promise((resolve, reject) => {
    const headers = { origin, "content-type": "application/json" };
    const request = send(url, { method, headers, agent: false, ...localAddress }, (response) => {
      response.resume();
      response.on("end", () => {
        resolve(response.statusCode ?? 0);
      });
    });
    request.on("error", reject);
    request.end(method === "POST" ? body : undefined);
  });
}

const OTHER = "127.0.0.2";

it("stops guessing of codes and signatures from one address, and tells nobody else to wait", async () => {
  await using portal = await startPortal();
  const guessed = `${portal.server.url}/portal/${STACK}/enrol/${"x".repeat(43)}/begin`;
  const told: number[] = [];
  for (let count = 0; count < 40; count += 1) {
    told.push(await ask({ url: guessed, body: JSON.stringify({ code: `guess ${count}` }) }));
  }
  expect(told.slice(0, 30)).not.toContain(429);
  expect(told.slice(0, 30).every((status) => status >= 400 && status < 500)).toBe(true);
  expect(told.at(-1)).toBe(429);
  // Whoever guesses gets nothing else either, a right request and a page included.
  const right = `${portal.server.url}/portal/${STACK}/sign-in/begin`;
  expect(await ask({ url: right })).toBe(429);
  expect(await ask({ url: `${portal.server.url}/portal/${STACK}/sign-in`, method: "GET" })).toBe(
    429,
  );
  if (process.platform === "linux") expect(await ask({ url: right, from: OTHER })).toBe(200);
  // The work of pipelines has its own limits.
  expect(await portal.server.database().run("listKeys", "")).not.toEqual([]);
});

it("lets no other site shut an office out: what it sends is refused, and not counted", async () => {
  await using portal = await startPortal();
  const url = `${portal.server.url}/portal/${STACK}/sign-in/begin`;
  for (let count = 0; count < 40; count += 1) {
    expect(await ask({ url, origin: "https://elsewhere.example" })).toBe(403);
  }
  expect(await ask({ url })).toBe(200);
});

it("takes many requests of an office at once, and then holds them back", async () => {
  await using portal = await startPortal();
  const url = `${portal.server.url}/portal/style.css`;
  const told: number[] = [];
  const look = async (): Promise<void> => {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    told.push(answer.status);
  };
  for (let round = 0; round < 200 && !told.includes(429); round += 1) {
    await Promise.all(Array.from({ length: 20 }, look));
  }
  expect(told.indexOf(429)).toBeGreaterThanOrEqual(600);
  if (process.platform === "linux") {
    expect(await ask({ url, method: "GET", from: OTHER })).toBe(200);
  }
}, 120_000);
