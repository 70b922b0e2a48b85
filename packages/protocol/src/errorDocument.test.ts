import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { errorCatalogue } from "./errorCatalogue.ts";
import { errorDocument } from "./errorDocument.ts";

describe("errorDocument", () => {
  it("is what docs/errors.md says; if not, run `node packages/protocol/scripts/writeErrorDocument.ts`", async () => {
    expect(await readFile(new URL("../../../docs/errors.md", import.meta.url), "utf8")).toBe(errorDocument());
  });

  it.each(Object.entries(errorCatalogue))("teaches %s in whole sentences and with a valid status", (code, entry) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(entry.title).toMatch(/^[A-Z].*[^.]$/);
    expect(entry.cause).toMatch(/^[A-Z].*\.$/);
    expect(entry.remedy).toMatch(/^[A-Z].*\.$/);
    expect(entry.httpStatus).toBeGreaterThanOrEqual(200);
    expect(entry.httpStatus).toBeLessThan(600);
    expect(errorDocument()).toContain(`## ${code}\n`);
  });
});
