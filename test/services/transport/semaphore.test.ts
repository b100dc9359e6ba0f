import { describe, expect, it } from "vitest";
import { Gate } from "../../../services/transport/semaphore.ts";

describe("gate", () => {
  it("lets no more through than it has places, in the order of arrival", async () => {
    const gate = new Gate(2);
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    await Promise.all(
      [1, 2, 3, 4, 5].map((who) =>
        gate.run(async () => {
          order.push(who);
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it("gives the place back after a failure", async () => {
    const gate = new Gate(1);
    await expect(gate.run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await expect(gate.run(() => Promise.resolve("in"))).resolves.toBe("in");
  });
});
