import { defineConfig } from "vitest/config";

// Two databases start for most files, on machines that are busy with other packages' tests.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 60_000 } });
