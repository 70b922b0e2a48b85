import { rateCard } from "@joulemint/economics/RateCard";
import { rate } from "@joulemint/economics/rate";
import type { Domain } from "@joulemint/protocol/Domain";
import { encodeReceipt } from "@joulemint/protocol/encodeReceipt";
import type { Receipt } from "@joulemint/protocol/Receipt";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import { signReceiptBatch } from "@joulemint/protocol/receiptBatch";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { receiptToJson } from "@joulemint/protocol/receiptJson";
import { type Hex, zeroHash } from "viem";
import { named } from "./named.ts";

export const exampleCard = rateCard({ input: 250_000n, cachedInput: 25_000n, output: 1_000_000n, reasoning: 999_999n });
export const exampleCardHash = rateCardHash(exampleCard);
export const receiptAccount = named.account("receipts");

interface Call {
  readonly session: Hex;
  readonly offering: Hex;
  readonly output: bigint;
  readonly energyMillijoules?: bigint;
  readonly flags?: readonly string[];
}

/** Receipts of calls in the order in which they were made, chained by session. */
export class ExampleReceipts {
  readonly #receipts: { receipt: Receipt; encoded: Hex; hash: Hex }[] = [];

  charge({ session, offering, output, energyMillijoules, flags = [] }: Call): { hash: Hex; cumulative: bigint } {
    const previous = this.#receipts.findLast(({ receipt }) => receipt.session === session);
    const usage = { input: 7n, cachedInput: 3n, cacheWrite: 0n, output, reasoning: output / 2n };
    const charge = rate(usage, exampleCard);
    const number = this.#receipts.length + 1;
    const receipt: Receipt = {
      ...usage,
      id: `0198f4b2-6a00-7000-8000-${String(number).padStart(12, "0")}`,
      receiptKey: receiptAccount.address.toLowerCase() as Hex,
      session,
      offering,
      sequence: (previous?.receipt.sequence ?? 0n) + 1n,
      previous: previous?.hash ?? zeroHash,
      requestHash: named.word(`request ${number}`),
      responseHash: named.word(`response ${number}`),
      tier: "standard",
      produced: usage.output + usage.reasoning,
      delivered: usage.output,
      usageProvenance: "final",
      rateCardHash: exampleCardHash,
      charge,
      cumulative: (previous?.receipt.cumulative ?? 0n) + charge,
      energyMillijoules: energyMillijoules ?? null,
      energyProvenance: energyMillijoules === undefined ? "unknown" : "modelled",
      finishReason: "stop",
      flags,
      startedAt: 1_755_000_000_000n + BigInt(number),
      endedAt: 1_755_000_001_000n + BigInt(number),
    };
    const encoded = encodeReceipt(receipt);
    const hash = receiptHash(encoded);
    this.#receipts.push({ receipt, encoded, hash });
    return { hash, cumulative: receipt.cumulative };
  }

  /** Where a session's chain ends. */
  end(session: Hex) {
    const last = this.#receipts.findLast(({ receipt }) => receipt.session === session);
    const { cumulative: charged = 0n, sequence = 0n } = last?.receipt ?? {};
    return { charged, sequence, receiptsHead: last?.hash ?? zeroHash };
  }

  /** The lines of an export, signed three at a time. */
  async lines(domain: Domain): Promise<object[]> {
    const lines: (Receipt & object)[] = [];
    for (let start = 0; start < this.#receipts.length; start += 3) {
      const batch = this.#receipts.slice(start, start + 3);
      const hashes = batch.map(({ hash }) => hash);
      const { root, signature, proofs } = await signReceiptBatch(hashes, receiptAccount, domain);
      for (const [index, { receipt, encoded, hash }] of batch.entries()) {
        const signed = { encoded, hash, proof: proofs[index], root, signature };
        lines.push({ ...receiptToJson(receipt), ...signed } as unknown as Receipt);
      }
    }
    return lines.sort((a, b) => a.session.localeCompare(b.session) || Number(a.sequence) - Number(b.sequence));
  }
}
