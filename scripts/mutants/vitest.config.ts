import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "test/approval/**/*.test.ts",
      "test/plan/**/*.test.ts",
      "test/engine/environment.test.ts",
      "test/operations/*.test.ts",
    ],
    setupFiles: ["test/support/no-network.ts"],
    testTimeout: 60_000,
  },
});
