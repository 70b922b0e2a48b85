import type { Meter } from "../meters.ts";
import { billUsd, type RatedLine } from "./ratedLines.ts";

/** Who bills whom for what and when; times in ISO 8601, UTC, the end exclusive. */
export type FocusContext = {
  readonly provider: string;
  readonly publisher: string;
  readonly billingAccountId: string;
  readonly serviceName: string;
  readonly skuId: string;
  readonly billingPeriod: readonly [start: string, end: string];
  readonly chargePeriod: readonly [start: string, end: string];
};

/**
 * A row of the FinOps Open Cost and Usage Specification 1.2: the columns that every row must have, and those by which
 * tokens are priced. Decimal columns are strings, so that no reader rounds them.
 */
export type FocusRow = {
  readonly BilledCost: string;
  readonly BillingAccountId: string;
  readonly BillingCurrency: "USD";
  readonly BillingPeriodStart: string;
  readonly BillingPeriodEnd: string;
  readonly ChargeCategory: "Usage" | "Purchase";
  readonly ChargeClass: null;
  readonly ChargeDescription: string;
  readonly ChargeFrequency: "Usage-Based" | "Recurring";
  readonly ChargePeriodStart: string;
  readonly ChargePeriodEnd: string;
  readonly ConsumedQuantity: string | null;
  readonly ConsumedUnit: string | null;
  readonly ContractedCost: string;
  readonly ContractedUnitPrice: string;
  readonly EffectiveCost: string;
  readonly InvoiceIssuerName: string;
  readonly ListCost: string;
  readonly ListUnitPrice: string;
  readonly PricingCategory: "Standard";
  readonly PricingQuantity: string;
  readonly PricingUnit: string;
  readonly ProviderName: string;
  readonly PublisherName: string;
  readonly ServiceCategory: "AI and Machine Learning";
  readonly ServiceName: string;
  readonly SkuId: string;
  readonly SkuPriceId: string;
};

/** Lines of a bill as FOCUS rows, one for each; their `BilledCost` sums to `billUsd`. */
export const toFocusRows = (lines: readonly RatedLine[], context: FocusContext): readonly FocusRow[] =>
  lines.map((line) => {
    const cost = decimal(billUsd([line]), 9);
    const price = decimal(line.unitPrice, 12);
    const quantity = String(line.quantity);
    const recurring = line.meter === "seat" || line.meter === "spare2";
    const unit = UNITS[line.meter];
    return {
      BilledCost: cost,
      BillingAccountId: context.billingAccountId,
      BillingCurrency: "USD",
      BillingPeriodStart: context.billingPeriod[0],
      BillingPeriodEnd: context.billingPeriod[1],
      ChargeCategory: recurring ? "Purchase" : "Usage",
      ChargeClass: null,
      ChargeDescription: `${quantity} ${unit} at $${price}`,
      ChargeFrequency: recurring ? "Recurring" : "Usage-Based",
      ChargePeriodStart: context.chargePeriod[0],
      ChargePeriodEnd: context.chargePeriod[1],
      // What is bought and not used has no consumed quantity.
      ConsumedQuantity: recurring ? null : quantity,
      ConsumedUnit: recurring ? null : unit,
      ContractedCost: cost,
      ContractedUnitPrice: price,
      EffectiveCost: cost,
      InvoiceIssuerName: context.provider,
      ListCost: cost,
      ListUnitPrice: price,
      PricingCategory: "Standard",
      PricingQuantity: quantity,
      PricingUnit: unit,
      ProviderName: context.provider,
      PublisherName: context.publisher,
      ServiceCategory: "AI and Machine Learning",
      ServiceName: context.serviceName,
      SkuId: context.skuId,
      SkuPriceId: `${context.skuId}-${line.meter}`,
    };
  });

const UNITS: Readonly<Record<Meter, string>> = {
  input: "Input Tokens",
  cachedInput: "Cached Input Tokens",
  cacheWrite: "Cache Write Tokens",
  output: "Output Tokens",
  reasoning: "Reasoning Tokens",
  image: "Images",
  audio: "Audio Units",
  video: "Video Units",
  action: "Actions",
  computeSecond: "Seconds",
  conversation: "Conversations",
  outcome: "Outcomes",
  workflow: "Workflows",
  seat: "Seat-Months",
  spare1: "Compute Units",
  spare2: "Plan-Months",
};

/** Without an exponent and without trailing zeros. */
const decimal = (value: number, digits: number): string => value.toFixed(digits).replace(/\.?0+$/, "");
