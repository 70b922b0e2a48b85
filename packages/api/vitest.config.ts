import { defineConfig, mergeConfig } from "vitest/config";
import databases from "../../vitest.databases.ts";

export default mergeConfig(
  databases,
  defineConfig({
    // Vite prefers the development build of graphql where Node takes the other one, and a schema made with one cannot be
    // printed with the other.
    ssr: { resolve: { conditions: ["module-sync", "node"] } },
  }),
);
