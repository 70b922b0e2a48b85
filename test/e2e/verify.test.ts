import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serializeSignedReceipt } from "@joulemint/protocol/SignedReceipt";
import { exampleSignedReceipt } from "@joulemint/protocol/testing/exampleSignedReceipt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runJoulemint } from "../harness/runJoulemint.ts";

describe("joulemint verify, offline", () => {
  const directory = mkdtempSync(join(tmpdir(), "joulemint-receipt-"));
  let text: string;
  let receiptKey: string;

  beforeAll(async () => {
    const signed = await exampleSignedReceipt();
    text = serializeSignedReceipt(signed);
    receiptKey = signed.receipt.receiptKey;
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const verify = async (document: string, ...args: string[]) => {
    const file = join(directory, "receipt.json");
    writeFileSync(file, document);
    const { status, stdout } = await runJoulemint(["verify", file, "--json", ...args]);
    return { status, verdict: JSON.parse(stdout) };
  };

  it("accepts the receipt, also with its key pinned, and refuses it under another key", async () => {
    expect(await verify(text)).toMatchObject({
      status: 0,
      verdict: {
        ok: true,
        charge: "120500",
        lines: [{ meter: "input", quantity: "64", charge: "16000" }, {}, {}, {}, {}],
      },
    });
    expect(await verify(text, "--key", receiptKey)).toMatchObject({ status: 0, verdict: { ok: true } });
    expect(await verify(text, "--key", `0x${"11".repeat(20)}`)).toMatchObject({
      status: 1,
      verdict: { ok: false, field: "receipt.receiptKey" },
    });
  });

  it.each([
    ["receipt.charge", "1"],
    ["receipt.output", "9999"],
    ["receipt.responseHash", `0x${"ab".repeat(32)}`],
    ["receipt.usageProvenance", "counted"],
  ])("names %s when that alone was changed", async (field, value) => {
    const document = JSON.parse(text);
    document.receipt[field.replace("receipt.", "")] = value;
    expect(await verify(JSON.stringify(document))).toMatchObject({ status: 1, verdict: { ok: false, field } });
  });

  it("says what is malformed", async () => {
    const { status, verdict } = await verify("{}");
    expect(status).toBe(1);
    expect(verdict).toMatchObject({ error: { code: "RECEIPT_INVALID" } });
  });
});
