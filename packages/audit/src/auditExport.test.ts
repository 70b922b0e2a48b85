import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "@joulemint/protocol/canonicalJson";
import { zeroHash } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditExport } from "./auditExport.ts";
import { EXPORT_FILES } from "./exportFiles.ts";
import { ExampleFolder } from "./testing/ExampleFolder.ts";
import { named } from "./testing/named.ts";

let folder: ExampleFolder;
beforeAll(async () => {
  folder = await ExampleFolder.create();
});
afterAll(() => folder.remove());

describe("auditExport", () => {
  it("agrees with what contracts did, whoever else uses them, and says what it checked", async () => {
    const report = await folder.audit();
    expect(report).toMatchObject({
      findings: [],
      ok: true,
      difference: "0",
      block: folder.example.contracts.chain.head,
    });
    expect(report.checked).toMatchObject({ "receipts.jsonl": 7, "sessions.jsonl": 4, receiptRoots: 2, logs: 39 });
    expect(report.checked.contractValues).toBeGreaterThan(30);
  });

  it("names the key that it went by, and takes one that is known instead", async () => {
    const { receiptKey } = folder.example;
    const { notes, ...report } = await folder.audit();
    expect(report.receiptKey).toBe(receiptKey.toLowerCase());
    expect(notes.join("\n")).toContain(`${receiptKey.toLowerCase()}, which signed most`);
    const told = await folder.audit({ receiptKey });
    expect(told.ok).toBe(true);
    expect(told.notes.join("\n")).not.toContain("signed most");
    const other = named.address("somebody else");
    const { findings } = await folder.audit({ receiptKey: other });
    expect(findings).toHaveLength(7);
    expect(findings[0]).toMatchObject({ field: "receiptKey", expected: other });
  });

  it("names an operator or a settler that has done nothing, because it cannot have been meant", async () => {
    const nobody = named.address("nobody");
    const { findings } = await folder.audit({ settler: nobody, operators: [nobody] });
    expect(findings).toMatchObject([
      { subject: "operators", field: nobody },
      { subject: "settler", field: nobody },
    ]);
  });

  it("holds the settler to its receipt roots, and nobody else", async () => {
    const { settler } = folder.example;
    expect(await folder.audit({ settler })).toMatchObject({ ok: true, checked: { receiptRoots: 2 } });
    const { findings } = await folder.audit({ settler: named.address("stranger") });
    expect(findings).toMatchObject([{ field: "receiptsRoot", expected: zeroHash, actual: named.word("nothing") }]);
  });

  it("says whose books it went by, unless it is told", async () => {
    const { settler, receiptKey } = folder.example;
    const { notes } = await folder.audit();
    expect(notes).toContain(`Receipt roots were checked of ${settler.toLowerCase()}, who anchored receipts before.`);
    expect(notes).toContainEqual(expect.stringContaining("whom the export names"));
    const told = { settler, receiptKey, operators: [named.address("operator")], credits: named.address("Credits") };
    expect(await folder.audit(told)).toMatchObject({ ok: true, notes: [] });
    expect((await folder.audit({ ...told, credits: named.address("another") })).findings).toMatchObject([
      { subject: "manifest.json", field: "credits" },
    ]);
  });

  it("agrees with no export that leaves everything out, nor with one that leaves an operator out", async () => {
    const empty = mkdtempSync(join(tmpdir(), "joulemint-empty-"));
    const [manifest] = folder.lines("manifest.json");
    for (const file of EXPORT_FILES) writeFileSync(join(empty, file), "");
    const counts = Object.fromEntries(EXPORT_FILES.map((file) => [file, 0]));
    writeFileSync(join(empty, "manifest.json"), `${canonicalJson({ ...manifest, counts })}\n`);
    const report = await auditExport(empty, { transport: folder.example.transport });
    rmSync(empty, { recursive: true });
    expect(report).toMatchObject({ ok: false, findings: [{ subject: "offerings.jsonl", field: "line" }] });
    const { findings } = await folder.audit({ operators: [named.address("stranger")] });
    expect(findings.filter(({ field, actual }) => field === "line" && actual === "none").length).toBeGreaterThan(0);
  });

  it("reads in windows as narrow as the node wants them", async () => {
    const { chain } = folder.example.contracts;
    chain.widest = 3n;
    try {
      expect(await folder.audit({ transport: chain.transport() })).toMatchObject({ ok: true, checked: { logs: 39 } });
    } finally {
      chain.widest = 1_000n;
    }
  });

  it("stops at an export of another chain, or of a block that the chain does not have", async () => {
    const altered = (change: object) =>
      folder.auditLines("manifest.json", ([manifest]) => Object.assign(manifest ?? {}, change));
    const { number, hash } = folder.example.contracts.chain.head;
    const block = (change: object) => altered({ block: { number: String(number), hash, ...change } });
    expect(await altered({ chainId: 1 })).toMatchObject({
      findings: [{ field: "chainId", expected: "31337", actual: "1" }],
    });
    expect(await block({ number: "27" })).toMatchObject({ findings: [{ field: "block.number", actual: "27" }] });
    expect(await block({ number: "25" })).toMatchObject({ findings: [{ field: "block.hash", actual: hash }] });
    expect(await altered({ finality: "SAFE" })).toMatchObject({ findings: [{ field: "finality", actual: "SAFE" }] });
    expect(await altered({ credits: named.address("nobody") })).toMatchObject({ findings: [{ field: "credits" }] });
    expect(await altered({ difference: "1" })).toMatchObject({ findings: [{ field: "difference", expected: "0" }] });
  });
});
