import { expect, it } from "vitest";
import { ServiceClock } from "../../../services/transport/service-clock.ts";
import { tinyService } from "./support/tiny-service.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

it("knows nothing before the first answer, and takes the newest one's time", () => {
  const clock = new VirtualClock();
  const service = new ServiceClock(clock);
  expect(service.aheadMs).toBeUndefined();
  service.heard({ date: new Date(clock.now() - 3_600_000).toUTCString() });
  service.heard({});
  service.heard({ date: "yesterday" });
  expect((service.aheadMs ?? 0) - 3_600_000).toBeGreaterThanOrEqual(0);
  expect((service.aheadMs ?? 0) - 3_600_000).toBeLessThan(1000);
});

it("hears each answer of a client", async () => {
  const tenDays = 10 * 86_400_000;
  const { client, clock } = await tinyService(() => ({
    headers: { date: new Date(clock.now() - tenDays).toUTCString() },
    body: {},
  }));
  expect(client.clockAheadMs()).toBeUndefined();
  await client.graph.get("/users/1", { batch: false });
  expect(Math.round((client.clockAheadMs() ?? 0) / 86_400_000)).toBe(10);
});
