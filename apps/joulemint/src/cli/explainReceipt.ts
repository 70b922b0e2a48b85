import type { Meter } from "@joulemint/economics/meters";
import { ratedLines } from "@joulemint/economics/revenue/ratedLines";
import { tokensPerJoule } from "@joulemint/economics/tokensPerJoule";
import { llmTokens, type Millicredits } from "@joulemint/economics/units";
import type { EnergyProvenance } from "@joulemint/protocol/Receipt";
import { receiptEnergy } from "@joulemint/protocol/receiptEnergy";
import type { SignedReceipt } from "@joulemint/protocol/SignedReceipt";
import { formatUnits } from "viem";

export interface ReceiptExplanation {
  /** What each meter adds to the charge; before a capped charge is cut to what the session had left. */
  readonly lines: readonly {
    readonly meter: Meter;
    readonly quantity: bigint;
    /** Micro-credits for one. */
    readonly weight: bigint;
    readonly charge: Millicredits;
  }[];
  /** Millicredits that the session did not have left. */
  readonly cut: bigint;
  readonly energyProvenance: EnergyProvenance;
  /** Output tokens produced for each joule, around whatever the meter measures; `null` if its energy is unknown. */
  readonly tokensPerJoule: number | null;
}

/** How a valid receipt's charge comes about, and what its energy made. */
export function explainReceipt({ receipt, rateCard }: SignedReceipt): ReceiptExplanation {
  const { input, cachedInput, cacheWrite, output, reasoning, charge, produced, energyMillijoules } = receipt;
  const lines = ratedLines({ input, cachedInput, cacheWrite, output, reasoning }, rateCard).map(
    ({ meter, quantity, charge }) => ({ meter, quantity, weight: rateCard[meter], charge }),
  );
  return {
    lines,
    cut: lines.reduce((sum, line) => sum + line.charge, 0n) - charge,
    energyProvenance: receipt.energyProvenance,
    tokensPerJoule: tokensPerJoule(llmTokens(produced), receiptEnergy(energyMillijoules)),
  };
}

/** The same for reading. */
export function explanationText({ lines, cut, energyProvenance, tokensPerJoule }: ReceiptExplanation): string[] {
  const credits = (amount: bigint) => `${formatUnits(amount, 3)} credits`;
  const efficiency =
    tokensPerJoule === null
      ? ""
      : `, ${Number(tokensPerJoule.toPrecision(4))} output tokens for a joule at the meter's boundary`;
  return [
    ...lines.map(
      ({ meter, quantity, weight, charge }) =>
        `    ${meter.padEnd(12)} ${quantity} x ${formatUnits(weight, 6)} = ${credits(charge)}`,
    ),
    ...(cut === 0n ? [] : [`    capped       ${credits(cut)} more than the session had left`]),
    `  energy     ${energyProvenance}${efficiency}`,
  ];
}
