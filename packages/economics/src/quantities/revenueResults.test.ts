import { expect, it } from "vitest";
import { taskAmplification } from "../demand/taskAmplification.ts";
import { production } from "../production.ts";
import { rateCard } from "../RateCard.ts";
import { breakEvenPrice } from "../revenue/breakEvenPrice.ts";
import { margin } from "../revenue/margin.ts";
import { rateCall } from "../revenue/PriceBook.ts";
import { rateWorkload } from "../revenue/rateWorkload.ts";
import { prices } from "../revenue/testing/prices.ts";
import { unitEconomics } from "../revenue/unitEconomics.ts";
import { tokenAmplification } from "../tokenAmplification.ts";
import * as unit from "../units.ts";
import { revenueResults } from "./revenueResults.ts";
import { chat, describeResults, row } from "./testing/describeResults.ts";
import { sourced } from "./testing/sourced.ts";

const call = { input: 1000n, cachedInput: 4000n, cacheWrite: 0n, output: 500n, reasoning: 100n };

describeResults<keyof typeof revenueResults>({
  unitEconomics: row(
    revenueResults.unitEconomics,
    {
      machines: unit.usdPerHour(240),
      power: unit.watts(100_000),
      electricity: unit.usdPerKilowattHour(0.12),
      capacity: unit.tokensPerSecond(140_000),
      utilisation: unit.fraction(0.5),
      price: unit.usdPerMillionTokens(1.25),
    },
    unitEconomics,
  ),
  margin: row(revenueResults.margin, { revenue: unit.usd(6.45), cost: unit.usd(1) }, (of) =>
    margin(of.revenue, of.cost),
  ),
  breakEvenPrice: row(
    revenueResults.breakEvenPrice,
    { fixed: unit.usd(800_000), variable: unit.usdPerMillionTokens(0.1), sold: unit.llmTokens(10n ** 12n) },
    ({ fixed, variable, sold }) => breakEvenPrice(fixed, variable, sold),
  ),
  rateCall: row(revenueResults.rateCall, { usage: call, prices: prices(1.25, 0.125, 10) }, (of) =>
    rateCall(of.usage, of.prices),
  ),
  rateWorkload: row(
    revenueResults.rateWorkload,
    {
      workload: {
        calls: [call],
        actions: 3n,
        computeUnits: 0n,
        computeSeconds: 0n,
        conversations: 1n,
        outcomes: [],
        workflows: 0n,
        seats: 0n,
        months: 1n,
      },
      form: { form: "action", price: unit.usd(0.1) },
    },
    ({ workload, form }) => rateWorkload(workload, form),
  ),
  taskAmplification: row(
    revenueResults.taskAmplification,
    {
      tasks: [{ agent: "lead", usage: call, calls: [] }],
      card: rateCard({ output: 10n, reasoning: 10n, input: 1n, cachedInput: 1n }),
    },
    ({ tasks, card }) => taskAmplification(tasks, card),
  ),
  production: row(
    revenueResults.production,
    {
      produced: unit.llmTokens(10_000_000n),
      served: unit.llmTokens(9_000_000n),
      sold: unit.llmTokens(8_000_000n),
      capacity: unit.llmTokens(20_000_000n),
      revenue: unit.usd(16),
      energy: unit.joules(36_000_000),
      electricity: unit.usdPerKilowattHour(0.1),
      time: unit.seconds(7200),
      machines: unit.usdPerHour(3.5),
    },
    ({ energy, electricity, time, machines, ...window }) =>
      production({ ...window, electricity: { energy, price: electricity }, machines: { time, price: machines } }),
  ),
  tokenAmplification: row(
    revenueResults.tokenAmplification,
    { total: unit.llmTokens(331_500n), visible: unit.llmTokens(10_000n) },
    tokenAmplification,
  ),
});

it("a figure without a value says what it lacks, and the others do not", () => {
  const power = sourced(unit.watts(100_000), "W", { boundary: "facility" });
  const { cost, margin } = revenueResults.unitEconomics({
    machines: sourced(unit.usdPerHour(240), "USD/h"),
    power,
    electricity: sourced(unit.usdPerKilowattHour(0.12), "USD/kWh"),
    capacity: sourced(unit.tokensPerSecond(140_000), "tok/s", { operatingPoint: chat }),
    utilisation: sourced(unit.fraction(0.5), "1"),
    price: sourced(null, "USD/M tokens"),
  });
  expect(cost).toMatchObject({ value: 1, findings: [] });
  expect(margin).toMatchObject({ value: null, findings: [{ code: "PRICE_UNKNOWN" }] });
});

it.each(["gpu", "it", null] as const)("money for power that was measured at %s is refused", (boundary) => {
  const power = sourced(unit.watts(700), "W", { boundary });
  const rest = {
    machines: sourced(unit.usdPerHour(2), "USD/h"),
    electricity: sourced(unit.usdPerKilowattHour(0.1), "USD/kWh"),
    capacity: sourced(unit.tokensPerSecond(1000), "tok/s", { operatingPoint: chat }),
    utilisation: sourced(unit.fraction(0.5), "1"),
    price: sourced(unit.usdPerMillionTokens(2), "USD/M tokens"),
  };
  expect(() => revenueResults.unitEconomics({ ...rest, power })).toThrow(RangeError);
  expect(revenueResults.unitEconomics({ ...rest, power: sourced(null, "W") }).cost.value).toBeNull();
});
