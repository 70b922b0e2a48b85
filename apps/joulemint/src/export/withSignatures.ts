import { setTimeout as sleep } from "node:timers/promises";
import type { ExportEntry } from "@joulemint/audit/writeExport";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { parseSignedReceipt } from "@joulemint/protocol/SignedReceipt";

/**
 * Completes the receipts that were charged and not yet signed when the export was made: of a busy factory there are
 * always some, and they are signed within moments. RECEIPT_PENDING { receipt } for one that is not, after `timeoutMs`.
 */
export async function* withSignatures(
  url: string,
  entries: AsyncIterable<ExportEntry>,
  timeoutMs = 5_000,
): AsyncGenerator<ExportEntry> {
  const deadline = Date.now() + timeoutMs;
  for await (const { file, line } of entries) {
    const receipt = line as { readonly id: string; readonly signature: string | null };
    if (file !== "receipts.jsonl" || receipt.signature !== null) yield { file, line };
    else yield { file, line: { ...receipt, ...(await signatureOf(url, receipt.id, deadline)) } };
  }
}

async function signatureOf(url: string, receipt: string, deadline: number) {
  for (;;) {
    const response = await fetch(`${url}/receipts/${receipt}`);
    const text = await response.text();
    if (response.status === 200) {
      const { proof, root, signature } = parseSignedReceipt(text);
      return { proof, root, signature };
    }
    if (response.status !== 202 || Date.now() > deadline) throw new JoulemintError("RECEIPT_PENDING", { receipt });
    await sleep(50);
  }
}
