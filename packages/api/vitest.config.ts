import { defineConfig } from "vitest/config";

export default defineConfig({
  // Vite prefers the development build of graphql where Node takes the other one, and a schema made with one cannot be
  // printed with the other.
  ssr: { resolve: { conditions: ["module-sync", "node"] } },
  // Two databases start for some files, on machines that are busy with other packages' tests.
  test: { testTimeout: 30_000, hookTimeout: 60_000 },
});
