import { describe, expect, it } from "vitest";
import { emulatedTenant, person } from "../services/transport/support/emulated-tenant.ts";

describe("the client under the documented quotas", () => {
  it("is never answered 429, and takes no longer than the quota makes it", async () => {
    const { client, clock } = await emulatedTenant({ behaviour: { quotas: true } });
    const startedAt = clock.now();
    const { id } = await client.graph.post<{ id: string }>("/users", person("sanne"));
    const changes = Array.from({ length: 3500 }, (_, index) =>
      client.graph.patch(`/users/${id}`, { jobTitle: `Job ${index}` }),
    );
    await Promise.all(changes);
    const throttled = client.statistics().reduce((sum, row) => sum + row.throttled, 0);
    expect(throttled).toBe(0);
    // 20 writes a second is the quota; a short job may use what is left of the first 150 s at once.
    expect(clock.now() - startedAt).toBeLessThan(1.25 * (3501 / 20) * 1000);
  });

  it("asks for conditional access once a second", async () => {
    const { client, clock } = await emulatedTenant({ behaviour: { quotas: true } });
    // Signing in loads a library and signs, during which the virtual clock runs on: it is done before.
    await client.graph.get("/organization");
    const startedAt = clock.now();
    const reads = Array.from({ length: 10 }, () =>
      client.graph.get("/identity/conditionalAccess/policies").catch(() => undefined),
    );
    await Promise.all(reads);
    expect(client.statistics().reduce((sum, row) => sum + row.throttled, 0)).toBe(0);
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(9000);
  });
});
