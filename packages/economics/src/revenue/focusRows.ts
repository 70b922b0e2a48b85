import { fixedPointText } from "../internal/fixedPoint.ts";
import { isDate } from "../internal/isDate.ts";
import type { Meter } from "../meters.ts";
import { CHARGE_DIGITS, WEIGHT_DIGITS } from "./dollarCredits.ts";
import type { RatedLine } from "./ratedLines.ts";

/** Who bills whom for what and when; times as `2026-11-01T00:00:00Z`, the end exclusive. */
export type FocusContext = {
  readonly provider: string;
  readonly publisher: string;
  /** Whose machines it runs on; the provider itself if it does not say. */
  readonly host: string;
  readonly billingAccountId: string;
  /** `null` if the account has no name to display. */
  readonly billingAccountName: string | null;
  /** `null` as long as no invoice is issued or prepared. */
  readonly invoiceId: string | null;
  readonly serviceName: string;
  readonly skuId: string;
  readonly billingPeriod: readonly [start: string, end: string];
  readonly chargePeriod: readonly [start: string, end: string];
};

/**
 * A row of the FinOps Open Cost and Usage Specification that is valid as 1.2 and as 1.3, which deprecates the names of
 * provider and publisher, still demands them, and adds those of service provider and host: the mandatory columns, those
 * that its conditions ask of a provider who measures usage and publishes unit prices, and three that it recommends.
 * Decimal columns are strings, so that no reader rounds them. Without: regions, resources, sub-accounts, commitments,
 * split costs and other currencies, which a factory does not have.
 */
export type FocusRow = {
  readonly BilledCost: string;
  readonly BillingAccountId: string;
  readonly BillingAccountName: string | null;
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
  readonly HostProviderName: string;
  readonly InvoiceId: string | null;
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
  readonly ServiceProviderName: string;
  readonly ServiceSubcategory: "Generative AI";
  readonly SkuId: string;
  readonly SkuMeter: string;
  readonly SkuPriceDetails: null;
  readonly SkuPriceId: string;
};

/**
 * Lines of a bill as FOCUS rows, one for each; their `BilledCost` sums to `billUsd`. What a list and a contract would
 * charge is unit price x quantity to the last digit, as the specification demands; the bill rounds once (`rate`),
 * and charges time by the hour, whose second has a list price of twelve digits: there the two differ by that rounding.
 * Throws `RangeError` for a text that is empty, a time of another form, a period that does not end after its start, and a
 * charge period that is not within the billing period: no row here corrects an earlier one.
 */
export function toFocusRows(lines: readonly RatedLine[], context: FocusContext): readonly FocusRow[] {
  assertContext(context);
  return lines.map((line) => {
    const cost = fixedPointText(line.charge, CHARGE_DIGITS);
    const price = fixedPointText(line.weight, WEIGHT_DIGITS);
    const exact = fixedPointText(line.weight * line.quantity, WEIGHT_DIGITS);
    const quantity = String(line.quantity);
    const recurring = line.meter === "seat" || line.meter === "spare2";
    const unit = UNITS[line.meter];
    return {
      BilledCost: cost,
      BillingAccountId: context.billingAccountId,
      BillingAccountName: context.billingAccountName,
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
      ContractedCost: exact,
      ContractedUnitPrice: price,
      EffectiveCost: cost,
      HostProviderName: context.host,
      InvoiceId: context.invoiceId,
      InvoiceIssuerName: context.provider,
      ListCost: exact,
      ListUnitPrice: price,
      PricingCategory: "Standard",
      PricingQuantity: quantity,
      PricingUnit: unit,
      ProviderName: context.provider,
      PublisherName: context.publisher,
      ServiceCategory: "AI and Machine Learning",
      ServiceName: context.serviceName,
      ServiceProviderName: context.provider,
      ServiceSubcategory: "Generative AI",
      SkuId: context.skuId,
      SkuMeter: unit,
      SkuPriceDetails: null,
      SkuPriceId: `${context.skuId}-${line.meter}`,
    };
  });
}

function assertContext({ billingPeriod, chargePeriod, ...texts }: FocusContext): void {
  for (const [name, text] of Object.entries(texts)) {
    if (text !== null && text.trim() === "") throw new RangeError(`${name} must say something`);
  }
  for (const [name, [start, end]] of Object.entries({ billingPeriod, chargePeriod })) {
    if (!isTime(start) || !isTime(end) || !(start < end)) {
      throw new RangeError(`${name} must be from a time to a later one, as 2026-11-01T00:00:00Z, got ${start}, ${end}`);
    }
  }
  if (chargePeriod[0] < billingPeriod[0] || chargePeriod[1] > billingPeriod[1]) {
    throw new RangeError(`chargePeriod ${chargePeriod} must lie within billingPeriod ${billingPeriod}`);
  }
}

const isTime = (text: string): boolean =>
  /^.{10}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/.test(text) && isDate(text.slice(0, 10));

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
