import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readExport } from "./readExport.ts";
import { ExampleFolder } from "./testing/ExampleFolder.ts";

let folder: ExampleFolder;
beforeAll(async () => {
  folder = await ExampleFolder.create();
});
afterAll(() => folder.remove());

describe("readExport", () => {
  it("reads every file", () => {
    const { manifest, lines, findings } = readExport(folder.directory);
    expect(findings).toEqual([]);
    expect(manifest?.counts["receipts.jsonl"]).toBe(lines["receipts.jsonl"].length);
  });

  it("names files that are missing or that nothing checks", () => {
    const claims = join(folder.directory, "claims.jsonl");
    renameSync(claims, `${claims}.old`);
    expect(readExport(folder.directory).findings).toMatchObject([
      { subject: "claims.jsonl.old", expected: "no such file" },
      { subject: "claims.jsonl", field: "file", actual: "none" },
    ]);
    renameSync(`${claims}.old`, claims);
  });

  it("reads no receipt that is signed in part", async () => {
    const { findings } = await folder.auditLines("receipts.jsonl", ([line]) =>
      Object.assign(line ?? {}, { root: null }),
    );
    expect(findings).toMatchObject([{ subject: "receipts.jsonl:1", field: "root" }]);
  });

  it("says that a receipt is not signed, and whose is missing", async () => {
    const unsigned = { proof: null, root: null, signature: null };
    const { findings } = await folder.auditLines("receipts.jsonl", ([line]) => Object.assign(line ?? {}, unsigned));
    expect(findings).toMatchObject([{ subject: expect.stringContaining("receipts.jsonl 0x"), field: "signature" }]);
  });

  it("refuses what is no folder", () => {
    const missing = join(folder.directory, "nothing");
    expect(() => readExport(missing)).toThrow(expect.objectContaining({ code: "EXPORT_MALFORMED" }));
    writeFileSync(missing, "");
    expect(() => readExport(missing)).toThrow(expect.objectContaining({ code: "EXPORT_MALFORMED" }));
    rmSync(missing);
  });
});
