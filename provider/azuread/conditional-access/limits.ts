/** Limits that the resources of conditional access share. The client keeps to the first by itself. */
import type { Limit } from "../../kit/define.ts";

/** Of all applications together in one tenant; the service answers 429 without saying how long to wait. */
export const CONDITIONAL_ACCESS_RATE: Limit = {
  name: "requestsPerSecond",
  value: 1,
  source: "https://learn.microsoft.com/graph/throttling-limits",
  checked: "2026-11-22",
};

/** How its collections are read: an object alone takes a second, and so does a page of all of them. */
export const ONE_A_SECOND = { objectsPerRequest: 1 } as const;
