import { expect, it } from "vitest";
import { usd } from "../units.ts";
import { type FocusContext, toFocusRows } from "./focusRows.ts";
import { rateCall } from "./PriceBook.ts";
import { billUsd } from "./ratedLines.ts";
import { rateWorkload, type Workload } from "./rateWorkload.ts";
import { prices } from "./testing/prices.ts";

const context: FocusContext = {
  provider: "A factory",
  publisher: "A lab",
  billingAccountId: "account-1",
  serviceName: "model-1",
  skuId: "model-1-standard",
  billingPeriod: ["2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"],
  chargePeriod: ["2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z"],
};
const call = { input: 1_234_567n, cachedInput: 10n, cacheWrite: 0n, output: 89n, reasoning: 0n };

it("a call is a row for each meter, costs as decimal strings, summing to the bill", () => {
  const lines = rateCall(call, prices(1.25, 0.125, 10));
  const rows = toFocusRows(lines, context);
  expect(rows.map((row) => [row.ConsumedUnit, row.PricingQuantity, row.ListUnitPrice, row.BilledCost])).toEqual([
    ["Input Tokens", "1234567", "0.00000125", "1.54320875"],
    ["Cached Input Tokens", "10", "0.000000125", "0.00000125"],
    ["Output Tokens", "89", "0.00001", "0.00089"],
  ]);
  expect(rows.reduce((sum, row) => sum + Number(row.BilledCost), 0)).toBeCloseTo(billUsd(lines), 12);
  expect(rows[0]).toMatchObject({
    BillingCurrency: "USD",
    ChargeCategory: "Usage",
    ChargeFrequency: "Usage-Based",
    ChargePeriodStart: "2026-11-20T10:00:00Z",
    BillingPeriodEnd: "2026-12-01T00:00:00Z",
    ProviderName: "A factory",
    ServiceCategory: "AI and Machine Learning",
    SkuPriceId: "model-1-standard-input",
  });
});

it("a seat is a recurring purchase of which nothing is consumed", () => {
  const workload = { seats: 12n, months: 1n } as Workload;
  const [row] = toFocusRows(rateWorkload(workload, { form: "seat", monthly: usd(30) }).lines, context);
  expect(row).toMatchObject({
    BilledCost: "360",
    ChargeCategory: "Purchase",
    ChargeFrequency: "Recurring",
    ConsumedQuantity: null,
    PricingUnit: "Seat-Months",
  });
});

it("whole numbers keep their zeros, and small ones have no exponent", () => {
  const [row] = toFocusRows(
    rateCall({ ...call, cachedInput: 0n, output: 0n, input: 10n ** 8n }, prices(1, null, 1)),
    context,
  );
  expect([row?.BilledCost, row?.ListUnitPrice]).toEqual(["100", "0.000001"]);
});
