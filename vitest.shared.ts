import { defineConfig } from "vitest/config";

/** Files of a package share their processes: nothing here replaces modules, and starting anew costs more than most tests. */
export default defineConfig({ test: { isolate: false, testTimeout: 30_000, hookTimeout: 60_000 } });
