import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { serviceTime } from "../../services/index.ts";
import { nobodysOrigin } from "./transport/support/nobody.ts";
import { tinyService } from "./transport/support/tiny-service.ts";

const signal = new AbortController().signal;

it("is the time of the login service's answer, without signing in", async () => {
  const { origin, authorityPem, tokensGiven } = await tinyService(() => ({}));
  const asked = { login: origin, trustedCertificatesPem: authorityPem, signal };
  const time = await serviceTime(asked);
  expect(Math.abs((time?.getTime() ?? 0) - Date.now())).toBeLessThan(5000);
  expect(tokensGiven).toBe(0);
});

it("is unknown where nobody is, and where somebody who cannot be trusted answers", async () => {
  expect(await serviceTime({ login: await nobodysOrigin(), signal })).toBeUndefined();
  const { origin } = await tinyService(() => ({}));
  expect(await serviceTime({ login: origin, signal })).toBeUndefined();
});

it("is waited for no longer than a few seconds, and ended by Ctrl-C at once", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const login = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const interruption = new AbortController();
  const asked = serviceTime({ login, signal: interruption.signal });
  interruption.abort(new Error("Ctrl-C"));
  await expect(asked).rejects.toThrow("Ctrl-C");
  expect(await serviceTime({ login, signal })).toBeUndefined();
  silent.close();
}, 20_000);
