import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { EXPORT_FILES, MANIFEST } from "./exportFiles.ts";
import { arriving } from "./testing/ExampleFolder.ts";
import { writeExport } from "./writeExport.ts";

describe("writeExport", () => {
  const root = mkdtempSync(join(tmpdir(), "joulemint-write-"));
  afterAll(() => rmSync(root, { recursive: true }));
  const manifest = { file: MANIFEST, line: { version: 1 } };

  it("writes canonical lines, and every file, if only an empty one", async () => {
    const directory = join(root, "deep", "folder");
    await writeExport(directory, arriving([{ file: "claims.jsonl", line: { b: "2", a: "1" } }, manifest]));
    expect(readdirSync(directory).sort()).toEqual([...EXPORT_FILES, MANIFEST].sort());
    expect(readFileSync(join(directory, "claims.jsonl"), "utf8")).toBe('{"a":"1","b":"2"}\n');
    expect(readFileSync(join(directory, MANIFEST), "utf8")).toBe('{"version":1}\n');
  });

  it("writes over nothing", async () => {
    const refused = expect.objectContaining({ code: "CONFIG_INVALID" });
    await expect(writeExport(join(root, "deep"), arriving([manifest]))).rejects.toEqual(refused);
    await expect(writeExport(join(root, "deep", "folder", MANIFEST), arriving([manifest]))).rejects.toEqual(refused);
  });

  it.each([
    ["without a manifest", []],
    ["with lines after the manifest", [manifest, { file: "claims.jsonl", line: {} }]],
    ["with a file of another name", [{ file: "../elsewhere", line: {} }, manifest]],
  ])("is not content %s", async (name, entries) => {
    await expect(writeExport(join(root, name), arriving(entries))).rejects.toMatchObject({ code: "EXPORT_MALFORMED" });
  });
});
