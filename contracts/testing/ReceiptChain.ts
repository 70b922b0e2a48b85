import type { RateCard } from "@joulemint/economics/RateCard";
import { rate } from "@joulemint/economics/rate";
import { ethers } from "./chain.ts";
import { type Receipt, receiptHash } from "./receipts.ts";

interface Terms {
  readonly session: string;
  readonly offering: string;
  readonly card: RateCard;
  readonly rateCardHash: string;
}

interface Call {
  readonly usage?: typeof USAGE | undefined;
  /** What the session has left, if that matters. */
  readonly payable?: bigint | undefined;
}

const USAGE = { input: 64n, cachedInput: 80n, cacheWrite: 8n, output: 90n, reasoning: 10n };
export const NO_USAGE = { input: 0n, cachedInput: 0n, cacheWrite: 0n, output: 0n, reasoning: 0n };

/** The receipts of one session, chained as the ledger chains them. */
export class ReceiptChain {
  readonly receipts: Receipt[] = [];
  readonly #terms: Terms;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  /** The next receipt: of `usage` at its price, or of `payable` millicredits if the session has no more. */
  call(receiptKey: string, { usage = USAGE, payable }: Call = {}): Receipt {
    const { session, offering, card, rateCardHash } = this.#terms;
    const before = this.receipts.at(-1);
    const rated = rate(usage, card);
    const capped = payable !== undefined && payable < rated;
    const charge = capped ? payable : rated;
    const sequence = BigInt(this.receipts.length + 1);
    const receipt: Receipt = {
      ...usage,
      id: ethers.toBeHex(sequence, 16),
      receiptKey,
      session,
      offering,
      sequence,
      previous: before === undefined ? ethers.ZeroHash : receiptHash(before),
      requestHash: ethers.id(`request ${sequence}`),
      responseHash: ethers.id(`response ${sequence}`),
      tier: 1n,
      produced: usage.output + usage.reasoning,
      delivered: usage.output,
      usageProvenance: "final",
      rateCardHash,
      charge,
      cumulative: (before?.cumulative ?? 0n) + charge,
      energyMillijoules: 41_250n,
      energyProvenance: "modelled",
      finishReason: "stop",
      flags: capped ? "capped,retried" : "retried",
      startedAt: 1_732_620_000_000n,
      endedAt: 1_732_620_001_840n,
    };
    this.receipts.push(receipt);
    return receipt;
  }
}
