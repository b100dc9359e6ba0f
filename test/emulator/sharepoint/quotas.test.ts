import { describe, expect, it } from "vitest";
import { HOST, startSharePoint } from "./support/sharepoint.ts";

describe("SharePoint's quotas", () => {
  it(
    "shows its headers from four fifths on, refuses beyond 1,250 units a minute, and says when to come back",
    { timeout: 60_000 },
    async () => {
      const sharePoint = await startSharePoint({ behaviour: { quotas: true } });
      // Reading permissions costs five units.
      const read = () => sharePoint.call("GET", `${HOST}/_api/web/roleassignments`);
      const answers = [];
      for (let count = 0; count < 250; count++) answers.push(await read());
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(answers[198]?.headers.get("ratelimit-limit")).toBeNull();
      expect(answers[199]?.headers.get("ratelimit-limit")).toBe("1250");
      expect(answers[199]?.headers.get("ratelimit-remaining")).toBe("250");
      const refused = await read();
      expect(refused.status).toBe(429);
      expect(refused.headers.get("retry-after")).toBe("60");
      sharePoint.emulator.clock.advance(60_000);
      expect((await read()).status).toBe(200);
    },
  );
});
