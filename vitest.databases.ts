import { defineConfig, mergeConfig } from "vitest/config";
import shared from "./vitest.shared.ts";

/** For packages whose tests need PostgreSQL: one server for all files of a run. */
export default mergeConfig(
  shared,
  defineConfig({ test: { globalSetup: ["@joulemint/ledger/testing/sharedPostgres"] } }),
);
