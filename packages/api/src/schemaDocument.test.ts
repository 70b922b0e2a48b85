import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { schemaDocument } from "./schemaDocument.ts";

const committed = readFileSync(new URL("../../../docs/schema.graphql", import.meta.url), "utf8");

describe("docs/schema.graphql", () => {
  it("is current; if not, run `npm run schema -w packages/api` and read the difference", () => {
    expect(schemaDocument()).toBe(committed);
  });

  it("has no Float: money, energy and tokens are exact", () => {
    expect(committed).not.toMatch(/\bFloat\b/);
  });
});
