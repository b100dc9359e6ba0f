import { describe, expect, it } from "vitest";
import {
  backoffMs,
  judgeAnswer,
  retryAfterMs,
  type RetryTraits,
} from "../../../services/transport/retry.ts";

interface Situation extends Partial<RetryTraits> {
  code?: string;
  message?: string;
  lostBefore?: boolean;
}

const judge = (
  status: number,
  { code = "Code", message = "", lostBefore = false, ...traits }: Situation = {},
) =>
  judgeAnswer(
    { status, error: { code, message, details: [] } },
    { idempotent: true, justCreated: false, removes: false, upserts: false, ...traits },
    lostBefore,
  );

describe("after an answer", () => {
  it.each([408, 429, 503])("%i is tried again, whatever the request does", (status) => {
    expect(judge(status)).toBe("retry");
    expect(judge(status, { idempotent: false })).toBe("retry");
  });

  it.each([500, 502, 504])("%i leaves open whether a creation happened", (status) => {
    expect(judge(status)).toBe("retry");
    expect(judge(status, { idempotent: false })).toBe("unknown");
  });

  it("409 is tried again only when it is about concurrency", () => {
    expect(judge(409, { code: "Directory_ConcurrencyViolation" })).toBe("retry");
    expect(judge(409)).toBe("fail");
  });

  it("404 is tried again only for what was just created", () => {
    expect(judge(404)).toBe("fail");
    expect(judge(404, { justCreated: true })).toBe("retry");
  });

  it("after a lost answer, 'gone' and 'exists' are what was to be expected", () => {
    expect(judge(404, { removes: true })).toBe("fail");
    expect(judge(404, { removes: true, lostBefore: true })).toBe("return");
    const message = "Another object with the same value already exists.";
    expect(judge(400, { message, idempotent: false })).toBe("fail");
    expect(judge(400, { message, idempotent: false, lostBefore: true })).toBe("done-before");
    expect(judge(400, { message, upserts: true, lostBefore: true })).toBe("retry");
  });
});

describe("waiting", () => {
  it("doubles from a second to a minute, with up to half of it left to chance", () => {
    const tops = [1, 2, 3, 6, 7, 20].map((tries) => backoffMs(tries, () => 0.999_999));
    expect(tops.map(Math.round)).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
    expect(backoffMs(3, () => 0)).toBe(2000);
  });

  it("takes Retry-After in seconds, with fractions, and as a date", () => {
    expect(retryAfterMs({ "retry-after": "2.5" }, 0)).toBe(2500);
    const now = Date.UTC(2026, 10, 22);
    const inTen = new Date(now + 10_000).toUTCString();
    expect(retryAfterMs({ "retry-after": inTen }, now)).toBe(10_000);
    expect(retryAfterMs({ "retry-after": "soon" }, now)).toBeUndefined();
    expect(retryAfterMs({}, now)).toBeUndefined();
  });
});
