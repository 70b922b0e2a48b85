import { rate } from "@joulemint/economics/rate";
import { type Hex, keccak256, stringToHex, zeroHash } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { encodeReceipt } from "../encodeReceipt.ts";
import { offeringId, offeringStruct } from "../Offering.ts";
import type { Receipt } from "../Receipt.ts";
import { rateCardHash } from "../rateCardHash.ts";
import { signReceiptBatch } from "../receiptBatch.ts";
import { receiptHash } from "../receiptHash.ts";
import { receiptToJson } from "../receiptJson.ts";
import { sessionId } from "../sessionId.ts";
import { signVoucher, type Voucher } from "../Voucher.ts";
import { exampleDomain, exampleOffering } from "./exampleOffering.ts";
import { exampleRateCard, exampleReceipt } from "./exampleReceipt.ts";

/** The file is the contracts' own, so that whatever changes it has their tests run again. */
export const RECEIPT_VECTORS = new URL("../../../../contracts/testing/receiptVectors.json", import.meta.url);

/** Keys that are no secret: the contracts' tests sign with them, too. */
const keys = Object.fromEntries(
  ["metering", "north", "east"].map((name) => [name, keccak256(stringToHex(`Joulemint vector ${name} key`))]),
) as Record<"metering" | "north" | "east", Hex>;
const accountOf = (name: keyof typeof keys) => privateKeyToAccount(keys[name]);

const MAX_UINT64 = 2n ** 64n - 1n;
const noUsage = { input: 0n, cachedInput: 0n, cacheWrite: 0n, output: 0n, reasoning: 0n, produced: 0n, delivered: 0n };

/**
 * What a contract has to make of receipts and vouchers, as JSON: a session's receipts by two gateways' keys, what the
 * same keys might sign that contradicts them, and vouchers for both. Numbers are decimal strings.
 */
export async function receiptVectors(): Promise<object> {
  const offering = exampleOffering();
  const opened = {
    offering: offeringId(offering),
    owner: "0xe5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5",
    signer: accountOf("metering").address,
    salt: keccak256(stringToHex("salt")),
  } as const;
  const session = sessionId(opened);

  /** The receipt after `before`, at its price unless `change` says otherwise. */
  function next(before: Receipt | null, by: "north" | "east", change: Partial<Receipt> = {}): Receipt {
    const receipt = exampleReceipt({
      receiptKey: accountOf(by).address.toLowerCase() as Hex,
      session,
      offering: opened.offering,
      sequence: (before?.sequence ?? 0n) + 1n,
      previous: before === null ? zeroHash : receiptHash(before),
      ...change,
    });
    const { input, cachedInput, cacheWrite, output, reasoning } = receipt;
    const charge = change.charge ?? rate({ input, cachedInput, cacheWrite, output, reasoning }, exampleRateCard);
    return { ...receipt, charge, cumulative: change.cumulative ?? (before?.cumulative ?? 0n) + charge };
  }

  const first = next(null, "north");
  const free = next(first, "east", {
    ...noUsage,
    energyMillijoules: null,
    energyProvenance: "unknown",
    usageProvenance: "counted",
    finishReason: "upstream_error",
    flags: [],
  });
  const capped = next(free, "north", { charge: 77n, flags: ["capped", "stopped_at_balance"], finishReason: "balance" });
  const fourth = next(capped, "east", { output: 1n, tier: "realtime", finishReason: "länge ✓" });
  const fifth = next(fourth, "north", { reasoning: 12_345_678_901n, tier: "batch", flags: [] });

  const card = { ...exampleRateCard, output: exampleRateCard.output + 1n };
  const otherOffering = exampleOffering({ pricePerMillion: 2_000_001n });
  const batches: readonly { readonly by: "north" | "east"; readonly receipts: Readonly<Record<string, Receipt>> }[] = [
    { by: "north", receipts: { first, capped, fifth } },
    { by: "east", receipts: { free, fourth } },
    { by: "north", receipts: { equivocation: next(free, "north", { charge: 78n, flags: ["capped"] }) } },
    { by: "east", receipts: { "broken chain": next(first, "east", { cumulative: first.cumulative + 120_501n }) } },
    { by: "north", receipts: { "broken start": next(null, "north", { cumulative: 120_501n }) } },
    { by: "east", receipts: { overcharge: next(first, "east", { charge: 120_501n }) } },
    { by: "north", receipts: { "wrong rate card": next(first, "north", { rateCardHash: rateCardHash(card) }) } },
    { by: "north", receipts: { "wrong offering": next(first, "north", { offering: offeringId(otherOffering) }) } },
    { by: "east", receipts: { largest: largest("east"), smallest: smallest("east") } },
  ];
  const receipts: Record<string, object> = {};
  for (const { by, receipts: named } of batches) {
    const hashes = Object.values(named).map(receiptHash);
    const { root, signature, proofs } = await signReceiptBatch(hashes, accountOf(by), exampleDomain);
    for (const [index, [name, receipt]] of Object.entries(named).entries()) {
      const signed = { hash: hashes[index], proof: proofs[index], root, signature };
      receipts[name] = { receipt: receiptToJson(receipt), encoded: encodeReceipt(receipt), ...signed };
    }
  }

  const at = ({ cumulative }: Receipt, head: Receipt): Voucher => ({
    session,
    cumulative,
    receiptsHead: receiptHash(head),
  });
  const vouchers: Record<string, object> = {};
  for (const [name, voucher] of Object.entries({
    first: at(first, first),
    free: at(free, free),
    fifth: at(fifth, fifth),
    "false head": at(fourth, fifth),
    "no receipt": { ...at(fourth, fifth), cumulative: fourth.cumulative + 1n },
  })) {
    const signature = await signVoucher(voucher, accountOf("metering"), exampleDomain);
    vouchers[name] = { ...voucher, cumulative: String(voucher.cumulative), signature };
  }

  return {
    domain: exampleDomain,
    keys,
    session: { id: session, ...opened },
    offering: { ...asStrings(offeringStruct(offering)), transferable: offering.transferable },
    rateCard: asStrings(exampleRateCard),
    receipts,
    vouchers,
  };
}

function largest(by: "east"): Receipt {
  const ones = `0x${"f".repeat(64)}` as const;
  const hashes = { session: ones, offering: ones, previous: ones, requestHash: ones, responseHash: ones } as const;
  const usage = Object.fromEntries(Object.keys(noUsage).map((field) => [field, MAX_UINT64])) as typeof noUsage;
  return exampleReceipt({
    ...hashes,
    ...usage,
    id: "ffffffff-ffff-ffff-ffff-ffffffffffff",
    receiptKey: accountOf(by).address.toLowerCase() as Hex,
    sequence: MAX_UINT64,
    tier: "batch",
    charge: MAX_UINT64,
    cumulative: MAX_UINT64,
    energyMillijoules: MAX_UINT64,
    startedAt: MAX_UINT64,
    endedAt: MAX_UINT64,
  });
}

function smallest(by: "east"): Receipt {
  const zero = zeroHash;
  const hashes = { session: zero, offering: zero, previous: zero, requestHash: zero, responseHash: zero } as const;
  return exampleReceipt({
    ...hashes,
    ...noUsage,
    id: "00000000-0000-0000-0000-000000000000",
    receiptKey: accountOf(by).address.toLowerCase() as Hex,
    sequence: 0n,
    tier: "realtime",
    charge: 0n,
    cumulative: 0n,
    energyMillijoules: 0n,
    finishReason: "",
    flags: [],
    startedAt: 0n,
    endedAt: 0n,
  });
}

function asStrings(values: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
