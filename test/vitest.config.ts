import { defineConfig } from "vitest/config";

// Every file starts whole factories, each of several processes: few files at a time, with time to start.
export default defineConfig({
  test: { maxWorkers: 2, testTimeout: 180_000, hookTimeout: 120_000 },
});
