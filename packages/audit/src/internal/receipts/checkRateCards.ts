import type { RateCard } from "@joulemint/economics/RateCard";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import type { Hex } from "viem";
import type { RateCardLine, ReceiptLine } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import type { ChainRecord } from "../chain/readChain.ts";

interface Checked {
  /** Those that are what their hash says. */
  readonly cards: ReadonlyMap<Hex, RateCard>;
  readonly findings: readonly Finding[];
}

/** Every rate card is the one of an offering on chain, and every offering that has receipts has its card. */
export function checkRateCards(
  lines: readonly RateCardLine[],
  receipts: readonly ReceiptLine[],
  { books, offerings }: Pick<ChainRecord, "books" | "offerings">,
): Checked {
  const cards = new Map<Hex, RateCard>();
  const findings: Finding[] = [];
  const onChain = new Map<Hex, Hex>();
  for (const id of offerings) onChain.set(id, books.offerings.get(id)?.terms.rateCardHash ?? "0x");
  const priced = new Set(onChain.values());
  for (const { rateCardHash: named, weights } of lines) {
    const subject = `rate-cards.jsonl ${named}`;
    const actual = rateCardHash(weights);
    if (!priced.has(named)) {
      const expected = priced.has(actual) ? actual : "the hash of an offering's rate card";
      findings.push({ subject, field: "rateCardHash", expected, actual: named });
    } else if (actual !== named) {
      findings.push({ subject, field: "weights", expected: `weights whose hash is ${named}`, actual });
    } else {
      cards.set(named, weights);
    }
  }
  const listed = new Set(lines.map((line) => line.rateCardHash));
  const used = new Set(receipts.flatMap(({ receipt }) => onChain.get(receipt.offering) ?? []));
  for (const hash of used) {
    if (listed.has(hash)) continue;
    findings.push({ subject: `rate-cards.jsonl ${hash}`, field: "line", expected: "a rate card", actual: "none" });
  }
  return { cards, findings };
}
