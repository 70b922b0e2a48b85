import type { RateCard } from "@joulemint/economics/RateCard";
import type { Domain } from "@joulemint/protocol/Domain";
import type { Address, Hex } from "viem";
import type { ReceiptLine } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import type { ChainRecord } from "../chain/readChain.ts";
import { receiptSubject } from "./receiptSubject.ts";
import { verifyLine } from "./verifyLine.ts";

/** The key that signed most receipts, which stands in for one that is known from elsewhere; `null` without receipts. */
export function sharedKey(lines: readonly ReceiptLine[]): Address | null {
  const signed = new Map<Address, number>();
  for (const { receipt } of lines) signed.set(receipt.receiptKey, (signed.get(receipt.receiptKey) ?? 0) + 1);
  const [most] = [...signed].sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1));
  return most?.[0] ?? null;
}

/** Each receipt on its own: what it says is what was signed, by the receipt key, under the terms of its offering on chain. */
export async function verifyReceipts(
  lines: readonly ReceiptLine[],
  context: {
    readonly domain: Domain;
    readonly chain: Pick<ChainRecord, "books" | "offerings">;
    readonly cards: ReadonlyMap<Hex, RateCard>;
    readonly receiptKey: Address;
  },
): Promise<Finding[]> {
  const { domain, chain, cards, receiptKey } = context;
  const findings: Finding[] = [];
  const ids = new Set<string>();
  for (const line of lines) {
    const { receipt } = line;
    const again = ids.has(receipt.id);
    ids.add(receipt.id);
    const terms = chain.offerings.has(receipt.offering)
      ? chain.books.offerings.get(receipt.offering)?.terms
      : undefined;
    const card = cards.get(terms?.rateCardHash ?? receipt.rateCardHash) ?? null;
    const wrong =
      (await verifyLine(line, { domain, card, receiptKey })) ??
      differing("receiptKey", receiptKey, receipt.receiptKey) ??
      (terms && differing("rateCardHash", terms.rateCardHash, receipt.rateCardHash)) ??
      (terms && differing("tier", terms.tier, receipt.tier)) ??
      (again ? { field: "id", expected: "an id of its own", actual: receipt.id } : null);
    if (wrong !== null) findings.push({ subject: receiptSubject(receipt), ...wrong });
  }
  return findings;
}

const differing = (field: string, expected: string, actual: string) =>
  expected === actual ? undefined : { field, expected, actual };
