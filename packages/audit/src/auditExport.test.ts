import { zeroHash } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
    expect(report.checked).toMatchObject({ "receipts.jsonl": 7, "sessions.jsonl": 4, receiptRoots: 2, logs: 37 });
    expect(report.checked.contractValues).toBeGreaterThan(30);
  });

  it("names the key that it went by, and takes one that is known instead", async () => {
    const { receiptKey } = folder.example;
    expect(await folder.audit()).toMatchObject({
      receiptKey: receiptKey.toLowerCase(),
      notes: [expect.stringContaining("signed most")],
    });
    expect(await folder.audit({ receiptKey })).toMatchObject({ ok: true, notes: [] });
    const other = named.address("somebody else");
    const { findings } = await folder.audit({ receiptKey: other });
    expect(findings).toHaveLength(7);
    expect(findings[0]).toMatchObject({ field: "receiptKey", expected: other });
  });

  it("holds the settler to its receipt roots, and nobody else", async () => {
    const { settler } = folder.example;
    expect(await folder.audit({ settler })).toMatchObject({ ok: true, checked: { receiptRoots: 2 } });
    const { findings } = await folder.audit({ settler: named.address("stranger") });
    expect(findings).toMatchObject([{ field: "receiptsRoot", expected: zeroHash, actual: named.word("nothing") }]);
  });

  it("reads in windows as narrow as the node wants them", async () => {
    const { chain } = folder.example.contracts;
    chain.widest = 3n;
    try {
      expect(await folder.audit({ transport: chain.transport() })).toMatchObject({ ok: true, checked: { logs: 37 } });
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
    expect(await block({ number: "26" })).toMatchObject({ findings: [{ field: "block.number", actual: "26" }] });
    expect(await block({ number: "24" })).toMatchObject({ findings: [{ field: "block.hash", actual: hash }] });
    expect(await altered({ finality: "SAFE" })).toMatchObject({ findings: [{ field: "finality", actual: "SAFE" }] });
    expect(await altered({ credits: named.address("nobody") })).toMatchObject({ findings: [{ field: "credits" }] });
    expect(await altered({ difference: "1" })).toMatchObject({ findings: [{ field: "difference", expected: "0" }] });
  });
});
