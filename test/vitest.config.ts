import { defineConfig, mergeConfig } from "vitest/config";
import databases from "../vitest.databases.ts";
import { LongestFirst } from "./LongestFirst.ts";

// Every file starts whole factories, each of several processes: few files at a time, with time to start.
export default mergeConfig(
  databases,
  defineConfig({
    // As in packages/api: exports print a schema, which takes the one graphql that made it.
    ssr: { resolve: { conditions: ["module-sync", "node"] } },
    test: { maxWorkers: 3, testTimeout: 180_000, hookTimeout: 120_000, sequence: { sequencer: LongestFirst } },
  }),
);
