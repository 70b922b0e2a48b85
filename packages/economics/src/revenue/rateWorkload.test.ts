import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LlmTokens, llmTokens, usd, usdPerHour, usdPerMillionTokens } from "../units.ts";
import { breakEvenPrice } from "./breakEvenPrice.ts";
import { comparePricing } from "./comparePricing.ts";
import { PRICING_FAMILIES, type PricingForm } from "./PricingForm.ts";
import { type Outcome, rateWorkload, type Workload } from "./rateWorkload.ts";
import { prices } from "./testing/prices.ts";

const outcomes = (accepted: number, disputed: number, rejected: number): Outcome[] =>
  (["accepted", "disputed", "rejected"] as const).flatMap((state, i) =>
    Array.from({ length: [accepted, disputed, rejected][i] ?? 0 }, (_, n) => ({ id: `${state} ${n}`, state })),
  );

/** A month of a support desk. */
const workload: Workload = {
  calls: Array.from({ length: 5000 }, () => ({
    input: 4000n,
    cachedInput: 20_000n,
    cacheWrite: 0n,
    output: 500n,
    reasoning: 300n,
  })),
  actions: 12_000n,
  computeUnits: 60_000n,
  computeSeconds: 360_000n,
  conversations: 5000n,
  outcomes: outcomes(4200, 100, 700),
  workflows: 900n,
  seats: 12n,
  months: 1n,
};

const forms: Record<string, PricingForm> = {
  P1: { form: "token", prices: prices(1.25, 0.125, 10) },
  P2: { form: "action", price: usd(0.1) },
  P3: { form: "computeUnit", price: usd(0.01) },
  P4: { form: "time", price: usdPerHour(2.35) },
  P5: { form: "conversation", price: usd(2) },
  P6: { form: "outcome", price: usd(0.99) },
  P7: { form: "workflow", price: usd(5) },
  P8: { form: "seat", monthly: usd(125) },
  P9: {
    form: "tieredPlan",
    plans: [
      { upTo: null, monthly: usd(590) },
      { upTo: 100n, monthly: usd(29) },
      { upTo: 5000n, monthly: usd(59) },
    ],
  },
  P10: { form: "hybrid", monthly: usd(30), meter: "conversation", included: 1000n, overage: usd(0.5), cap: null },
};

const bill = (form: PricingForm | undefined, changed: Partial<Workload> = {}) => {
  if (form === undefined) throw new Error("no such form");
  return rateWorkload({ ...workload, ...changed }, form);
};

describe("what a month of 5000 conversations costs", () => {
  it.each([
    ["P1: by the token", 5000 * (0.004 * 1.25 + 0.02 * 0.125 + 0.0008 * 10)],
    ["P2: by the action at $0.10", 1200],
    ["P3: by a vendor's credit at $0.01", 600],
    ["P4: by time, 100 hours at $2.35", 235],
    ["P5: by the conversation at $2", 10_000],
    ["P6: by the outcome: 4200 at $0.99 are $4158, not 4200", 4158],
    ["P7: by the workflow", 4500],
    ["P8: by the seat at $125 a month", 1500],
    ["P9: by a plan, the cheapest that covers them", 59],
    ["P10: by subscription, 1000 included and 4000 at $0.50 beyond", 30 + 2000],
  ])("%s", (title, expected) => {
    expect(bill(forms[title.split(":")[0] ?? ""]).revenue).toBeCloseTo(expected, 6);
  });
});

it("P3: a pack of 25,000 credits for $200 is $0.008 a credit", () => {
  expect(bill({ form: "computeUnit", price: usd(200 / 25_000) }, { computeUnits: 25_000n }).revenue).toBe(200);
});

it("P4: an hour costs its price, however little of it a second is, and begun nanodollars are rounded up", () => {
  const seconds = fc.bigInt(0n, 10n ** 9n);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), seconds, (cents, computeSeconds) => {
      const { lines } = bill({ form: "time", price: usdPerHour(cents / 100) }, { computeSeconds });
      for (const { unitPrice } of lines) expect(unitPrice * 3600).toBeCloseTo(cents / 100, 8);
      const exact = BigInt(cents) * 10_000_000n * computeSeconds;
      expect(lines.map(({ charge }) => charge)).toEqual(computeSeconds === 0n ? [] : [(exact + 3599n) / 3600n]);
    }),
  );
});

it("P6: what is disputed is held back, what is rejected is never billed, what is claimed twice is refused", () => {
  expect(bill(forms.P6)).toMatchObject({ revenue: 4158, disputed: 99 });
  const settled = workload.outcomes.map(
    ({ id, state }) => ({ id, state: state === "disputed" ? "accepted" : state }) as const,
  );
  expect(bill(forms.P6, { outcomes: settled })).toMatchObject({ revenue: 4257, disputed: 0 });
  expect(() => bill(forms.P6, { outcomes: [...outcomes(1, 0, 0), ...outcomes(1, 0, 0)] })).toThrow(RangeError);
});

it("P8: seats are months of seats: $30 for 12 over a quarter", () => {
  expect(bill({ form: "seat", monthly: usd(30) }, { months: 3n }).revenue).toBe(1080);
});

it("P9: a ladder that ends too early is refused", () => {
  const ladder: PricingForm = { form: "tieredPlan", plans: [{ upTo: 100n, monthly: usd(29) }] };
  expect(bill(ladder, { conversations: 200n, months: 2n }).revenue).toBe(58);
  expect(() => bill(ladder, { conversations: 201n, months: 2n })).toThrow(RangeError);
});

describe("P10: hybrid", () => {
  const hybrid = (cap: number | null): PricingForm => ({
    form: "hybrid",
    monthly: usd(30),
    meter: "output",
    included: 1_000_000n,
    overage: usd(0.00001),
    cap: cap === null ? null : usd(cap),
  });
  it.each([
    ["within what is included", null, 999_999n, 30],
    ["exactly what is included", null, 1_000_000n, 30],
    ["beyond", null, 3_000_000n, 50],
    ["beyond, and under the cap", 25, 3_000_000n, 50],
    ["beyond the cap", 15, 3_000_000n, 45],
  ])("%s", (_, cap, output, expected) => {
    const calls = [{ input: 0n, cachedInput: 0n, cacheWrite: 0n, output, reasoning: 0n }];
    expect(bill(hybrid(cap), { calls }).revenue).toBeCloseTo(expected, 9);
  });

  it.each([
    ["free", 0, 30],
    ["cheap enough", 0.0001, 30.4],
    ["no part of the cap", 0.3, 40],
    ["dearer than the cap", 15, 40],
  ])("caps the amount at ten dollars, whatever a unit costs: %s", (_, overage, expected) => {
    const form: PricingForm = {
      form: "hybrid",
      monthly: usd(30),
      meter: "conversation",
      included: 1000n,
      overage: usd(overage),
      cap: usd(10),
    };
    const { lines, revenue } = bill(form);
    expect(revenue).toBe(expected);
    expect(lines.find(({ meter }) => meter === "conversation")).toMatchObject({ quantity: 4000n, unitPrice: overage });
    expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(expected, 9);
  });
});

it("ten forms in four families: one workload, one cost, ten revenues", () => {
  const rows = comparePricing(workload, Object.values(forms), usd(50));
  expect(rows.map(({ form }) => form)).toEqual(Object.keys(PRICING_FAMILIES));
  expect(new Set(rows.map(({ family }) => family)).size).toBe(4);
  expect(new Set(rows.map(({ cost }) => cost))).toEqual(new Set([50]));
  expect(new Set(rows.map(({ revenue }) => revenue)).size).toBe(10);
  const [tokens] = rows;
  expect(tokens?.profit).toBeCloseTo(77.5 - 50, 9);
  expect(tokens?.gross).toBeCloseTo(27.5 / 77.5, 9);
  expect(tokens?.markUp).toBeCloseTo(0.55, 9);
});

it("refuses overage on what a workload does not count", () => {
  expect(() =>
    bill({ form: "hybrid", monthly: usd(1), meter: "image", included: 0n, overage: usd(1), cap: null }),
  ).toThrow(RangeError);
});

it.each<[string, LlmTokens | null, number | null]>([
  ["60 % of a trillion sold: $1.33", llmTokens(6n * 10n ** 11n), 0.8e6 / 0.6e6],
  ["nothing sold", llmTokens(0n), null],
  ["an unknown number sold", null, null],
])("what a factory of $0.8M has to ask for, %s", (_, sold, expected) => {
  const price = breakEvenPrice(usd(800_000), usdPerMillionTokens(0), sold);
  if (expected === null) expect(price).toBeNull();
  else expect(price).toBeCloseTo(expected, 9);
});

it("variable cost comes on top of fixed cost for each token", () => {
  expect(breakEvenPrice(usd(500), usdPerMillionTokens(0.3), llmTokens(1_000_000_000n))).toBeCloseTo(0.8, 12);
});
