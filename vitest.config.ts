import { defineConfig } from "vitest/config";

/** Loads other tests once more, so it needs modules of its own. */
const REPEATS = "test/server/same-as-embedded.test.ts";

export default defineConfig({
  test: {
    // One more than vitest takes by itself: most of an end-to-end test is waiting.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/state/engine/**", REPEATS],
          setupFiles: ["test/support/no-network.ts"],
          // Loading the same modules anew for each file was more than half of the time.
          isolate: false,
          // Nothing here waits for so long; a machine that others use at the same time is slow.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts", "test/state/engine/**/*.test.ts", REPEATS],
          setupFiles: ["test/support/no-network.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
