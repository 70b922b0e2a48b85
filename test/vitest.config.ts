import { defineConfig } from "vitest/config";

// Every file starts whole factories, each of several processes: one file at a time, with time to start.
export default defineConfig({
  test: { fileParallelism: false, testTimeout: 180_000, hookTimeout: 120_000 },
});
