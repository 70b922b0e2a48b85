import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { usd, usdPerHour } from "../units.ts";
import { type FocusContext, type FocusRow, toFocusRows } from "./focusRows.ts";
import { rateCall } from "./PriceBook.ts";
import type { FormName, PricingForm } from "./PricingForm.ts";
import { billUsd } from "./ratedLines.ts";
import { rateWorkload, type Workload } from "./rateWorkload.ts";
import { prices } from "./testing/prices.ts";

const context: FocusContext = {
  provider: "A factory",
  publisher: "A lab",
  host: "A colocation",
  billingAccountId: "account-1",
  billingAccountName: null,
  invoiceId: null,
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
    ServiceProviderName: "A factory",
    HostProviderName: "A colocation",
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

describe("FOCUS 1.2 and 1.3", () => {
  const decimal = /^-?\d+(\.\d+)?$/;
  const datetime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
  const text = /^\S(.*\S)?$/;
  const unit = /^[A-Z][A-Za-z]*( [A-Z][A-Za-z]*)*s$|^[A-Z][a-z]*[^s]-Months$/;
  const oneOf = (...values: string[]) => new RegExp(`^(${values.join("|")})$`);
  /**
   * Column by column: its level, what its values look like, and whether it may be null. Read on 2026-11-26 from the
   * requirements and content constraints in github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec,
   * specification/datasets/cost_and_usage/columns (1.2: specification/columns), and from its attributes NumericFormat,
   * DateTimeFormat, UnitFormat and StringHandling. Conditional columns are those of a provider who measures usage and
   * publishes unit prices.
   */
  const columns: readonly (readonly [column: keyof FocusRow, level: string, like: RegExp, nullable: boolean])[] = [
    ["BilledCost", "mandatory", decimal, false],
    ["BillingAccountId", "mandatory", text, false],
    ["BillingAccountName", "mandatory", text, true],
    ["BillingCurrency", "mandatory", /^[A-Z]{3}$/, false],
    ["BillingPeriodEnd", "mandatory", datetime, false],
    ["BillingPeriodStart", "mandatory", datetime, false],
    ["ChargeCategory", "mandatory", oneOf("Usage", "Purchase", "Tax", "Credit", "Adjustment"), false],
    ["ChargeClass", "mandatory", oneOf("Correction"), true],
    ["ChargeDescription", "mandatory", text, true],
    ["ChargeFrequency", "recommended", oneOf("One-Time", "Recurring", "Usage-Based"), false],
    ["ChargePeriodEnd", "mandatory", datetime, false],
    ["ChargePeriodStart", "mandatory", datetime, false],
    ["ConsumedQuantity", "conditional", decimal, true],
    ["ConsumedUnit", "conditional", unit, true],
    ["ContractedCost", "mandatory", decimal, false],
    ["ContractedUnitPrice", "conditional", decimal, true],
    ["EffectiveCost", "mandatory", decimal, false],
    ["HostProviderName", "mandatory from 1.3 on", text, false],
    ["InvoiceId", "recommended", text, true],
    ["InvoiceIssuerName", "mandatory", text, false],
    ["ListCost", "mandatory", decimal, false],
    ["ListUnitPrice", "conditional", decimal, true],
    ["PricingCategory", "conditional", oneOf("Standard", "Dynamic", "Committed", "Other"), true],
    ["PricingQuantity", "mandatory", decimal, true],
    ["PricingUnit", "mandatory", unit, true],
    ["ProviderName", "mandatory, deprecated in 1.3", text, false],
    ["PublisherName", "mandatory, deprecated in 1.3", text, false],
    ["ServiceCategory", "mandatory", oneOf("AI and Machine Learning"), false],
    ["ServiceName", "mandatory", text, false],
    ["ServiceProviderName", "mandatory from 1.3 on", text, false],
    ["ServiceSubcategory", "recommended", oneOf("Generative AI"), false],
    ["SkuId", "conditional", text, true],
    ["SkuMeter", "conditional", text, true],
    ["SkuPriceDetails", "conditional", /^\{.*\}$/, true],
    ["SkuPriceId", "conditional", text, true],
  ];
  const seats = rateWorkload({ seats: 12n, months: 1n } as Workload, { form: "seat", monthly: usd(30) }).lines;
  const tokens = fc.record({
    input: fc.bigInt(1n, 10n ** 15n),
    cachedInput: fc.bigInt(0n, 10n ** 12n),
    cacheWrite: fc.constant(0n),
    output: fc.bigInt(0n, 10n ** 12n),
    reasoning: fc.constant(0n),
  });

  it("has the columns of the specification, and no others", () => {
    const [row = {}] = toFocusRows(seats, context);
    expect(Object.keys(row).sort()).toEqual(columns.map(([name]) => name).sort());
  });

  it.each(columns)("%s (%s) is like %s", (name, _, like, nullable) => {
    fc.assert(
      fc.property(tokens, (usage) => {
        for (const row of toFocusRows([...rateCall(usage, prices(1.25, 0.125, 10)), ...seats], context)) {
          if (row[name] === null) expect(nullable).toBe(true);
          else expect(row[name]).toMatch(like);
        }
      }),
      { numRuns: 20 },
    );
  });

  /** A month of a desk, sold in each of the ten forms. */
  const desk: Workload = {
    calls: [call],
    actions: 12_000n,
    computeUnits: 60_000n,
    computeSeconds: 360_000n,
    conversations: 5000n,
    outcomes: [{ id: "one", state: "accepted" }],
    workflows: 900n,
    seats: 12n,
    months: 1n,
  };
  const forms: Readonly<Record<FormName, PricingForm>> = {
    token: { form: "token", prices: prices(1.25, 0.125, 10) },
    action: { form: "action", price: usd(0.1) },
    computeUnit: { form: "computeUnit", price: usd(0.01) },
    time: { form: "time", price: usdPerHour(2.35) },
    conversation: { form: "conversation", price: usd(2) },
    outcome: { form: "outcome", price: usd(0.99) },
    workflow: { form: "workflow", price: usd(5) },
    seat: { form: "seat", monthly: usd(125) },
    tieredPlan: { form: "tieredPlan", plans: [{ upTo: null, monthly: usd(590) }] },
    hybrid: { form: "hybrid", monthly: usd(30), meter: "conversation", included: 100n, overage: usd(0.5), cap: usd(9) },
  };

  it.each(Object.values(forms))("sold as $form: each row is like its columns, and columns go together", (form) => {
    const { lines } = rateWorkload(desk, form);
    const rows = toFocusRows(lines, context);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      for (const [name, , like, nullable] of columns) {
        if (row[name] === null) expect(nullable, name).toBe(true);
        else expect(row[name], name).toMatch(like);
      }
      // ConsumedQuantity and ConsumedUnit: of usage, and of nothing else. ChargeFrequency: no purchase is Usage-Based.
      const used = row.ChargeCategory === "Usage";
      expect([row.ConsumedQuantity !== null, row.ConsumedUnit !== null]).toEqual([used, used]);
      expect(row.ChargeFrequency === "Usage-Based").toBe(used);
      // Of usage and purchases that correct nothing: never null.
      for (const name of [
        "PricingCategory",
        "PricingQuantity",
        "PricingUnit",
        "SkuId",
        "SkuPriceId",
        "ListUnitPrice",
      ]) {
        expect(row[name as keyof FocusRow], name).not.toBeNull();
      }
      // EffectiveCost: BilledCost, where no charge covers another. ContractedCost: ListCost, where nobody negotiated.
      expect(row.EffectiveCost).toBe(row.BilledCost);
      expect(row.ContractedCost).toBe(row.ListCost);
      expect([row.BillingPeriodStart < row.BillingPeriodEnd, row.ChargePeriodStart < row.ChargePeriodEnd]).toEqual([
        true,
        true,
      ]);
    }
    expect(rows.reduce((sum, row) => sum + Number(row.BilledCost), 0)).toBeCloseTo(billUsd(lines), 9);
  });

  it.each([
    ["token", ["Input Tokens", "Cached Input Tokens", "Output Tokens"]],
    ["action", ["Actions"]],
    ["computeUnit", ["Compute Units"]],
    ["time", ["Seconds"]],
    ["conversation", ["Conversations"]],
    ["outcome", ["Outcomes"]],
    ["workflow", ["Workflows"]],
    ["seat", ["Seat-Months"]],
    ["tieredPlan", ["Plan-Months"]],
    ["hybrid", ["Conversations", "Plan-Months"]],
  ] as const)("sold as %s, it is counted in %j", (form, counted) => {
    const rows = toFocusRows(rateWorkload(desk, forms[form]).lines, context);
    expect(rows.map(({ PricingUnit }) => PricingUnit)).toEqual(counted);
  });

  it("unit price x quantity is the list's and the contract's cost to the last digit, and the bill rounds it up once", () => {
    const scaled = (text: string) => {
      const [whole = "", fraction = ""] = text.split(".");
      return BigInt(whole + fraction.padEnd(12, "0"));
    };
    fc.assert(
      fc.property(tokens, (usage) => {
        const rows = toFocusRows(rateCall(usage, prices(1.25, 0.125, 10)), context);
        for (const row of rows) {
          expect(scaled(row.ListCost)).toBe(scaled(row.ListUnitPrice) * BigInt(row.PricingQuantity));
          expect(row.ContractedCost).toBe(row.ListCost);
        }
        const listed = rows.reduce((sum, row) => sum + Number(row.ListCost), 0);
        const billed = rows.reduce((sum, row) => sum + Number(row.BilledCost), 0);
        expect(billed / listed).toBeCloseTo(1, 6);
      }),
    );
  });

  it("a seat is listed at the price that it was given, up to a million dollars, and billed for exactly that", () => {
    const cents = fc.integer({ min: 1, max: 100_000_000 });
    fc.assert(
      fc.property(cents, fc.bigInt(1n, 100_000n), (price, count) => {
        const workload = { seats: count, months: 1n } as Workload;
        const { lines } = rateWorkload(workload, { form: "seat", monthly: usd(price / 100) });
        const [row] = toFocusRows(lines, context);
        const inCents = (text = "") =>
          BigInt(text.replace(".", "") + "0".repeat(2 - (text.split(".")[1] ?? "").length));
        expect(row?.ListUnitPrice).toBe(String(price / 100));
        for (const cost of [row?.ListCost, row?.BilledCost]) expect(inCents(cost)).toBe(BigInt(price) * count);
      }),
    );
  });
});

it.each<[string, Partial<FocusContext>]>([
  ["a provider without a name", { provider: " " }],
  ["an invoice without a number", { invoiceId: "" }],
  ["a time without a zone", { chargePeriod: ["2026-11-20T10:00:00", "2026-11-20T11:00:00Z"] }],
  ["a day that no month has", { billingPeriod: ["2026-11-01T00:00:00Z", "2026-11-31T00:00:00Z"] }],
  ["a charge that began before the billing period", { chargePeriod: ["2026-10-31T23:00:00Z", "2026-11-01T01:00:00Z"] }],
  ["a charge that ended after it", { chargePeriod: ["2026-11-30T23:00:00Z", "2026-12-01T01:00:00Z"] }],
  ["a period that ends before it starts", { chargePeriod: ["2026-11-02T01:00:00Z", "2026-11-02T00:00:00Z"] }],
])("refuses %s", (_, changed) => {
  expect(() => toFocusRows([], { ...context, ...changed })).toThrow(RangeError);
});

it("takes a charge for all of the billing period", () => {
  expect(toFocusRows([], { ...context, chargePeriod: context.billingPeriod })).toEqual([]);
});
