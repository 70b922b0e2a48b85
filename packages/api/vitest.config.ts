import { defineConfig } from "vitest/config";

export default defineConfig({
  // vite prefers the development build of graphql where Node takes the other one, and a schema made with one cannot be
  // printed with the other.
  ssr: { resolve: { conditions: ["module-sync", "node"] } },
});
