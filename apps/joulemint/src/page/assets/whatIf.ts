import { gpuHourCost } from "@joulemint/economics/cost/gpuHourCost";
import { energyUsed } from "@joulemint/economics/energyUsed";
import { facilityEnergy } from "@joulemint/economics/facilityEnergy";
import { breakEvenStartPrice } from "@joulemint/economics/finance/breakEvenStartPrice";
import { exampleScenario } from "@joulemint/economics/finance/exampleScenario";
import { paybackPeriod } from "@joulemint/economics/finance/paybackPeriod";
import { type Projection, project } from "@joulemint/economics/finance/project";
import type { Scenario } from "@joulemint/economics/finance/Scenario";
import { type Simulation, simulate } from "@joulemint/economics/finance/simulate";
import type { Finding } from "@joulemint/economics/quantities/Finding";
import { type UnitEconomics, type Unknown, unitEconomics } from "@joulemint/economics/revenue/unitEconomics";
import { whyUnknown } from "@joulemint/economics/revenue/whyUnknown";
import {
  fraction,
  seconds,
  tokensPerSecond,
  type UsdPerMillionTokens,
  usd,
  usdPerKilowattHour,
  usdPerMillionTokens,
  usdPerYear,
  watts,
  years,
} from "@joulemint/economics/units";

/** What may be asked, with the words for it and where it begins: an example, nobody's factory. */
export const whatIfInputs = {
  price: { label: "Price", unit: "$ for a million tokens", value: exampleScenario.price as number },
  priceFactorPerYear: { label: "Price after a year", unit: "times today's", value: exampleScenario.priceFactorPerYear },
  electricity: { label: "Electricity", unit: "$ for a kWh", value: exampleScenario.electricity as number },
  pue: { label: "Facility energy", unit: "times machine energy (PUE)", value: exampleScenario.pue },
  utilisation: { label: "Utilisation", unit: "of capacity, 0 to 1", value: 0.5 },
  accelerators: { label: "Machines", unit: "in all", value: exampleScenario.accelerators },
  tokensPerSecond: { label: "Speed", unit: "tokens a second, each", value: exampleScenario.tokensPerSecond as number },
  power: { label: "Power", unit: "watts, each whole machine", value: exampleScenario.power as number },
  capex: { label: "Capital", unit: "$ for all", value: exampleScenario.capex as number },
  residual: { label: "Worth at the end", unit: "$ for all", value: exampleScenario.residual as number },
  opexPerYear: { label: "Staff, space, software", unit: "$ a year", value: exampleScenario.opexPerYear as number },
  months: { label: "Life", unit: "months, up to 240", value: exampleScenario.months },
  discountRate: { label: "Cost of capital", unit: "a year, 0.1 is 10 %", value: exampleScenario.discountRate },
} as const;

export type WhatIf = Readonly<Record<keyof typeof whatIfInputs, number>>;

const MOST_MONTHS = 240;

const capacityOf = ({ accelerators, tokensPerSecond: each }: Pick<WhatIf, "accelerators" | "tokensPerSecond">) =>
  tokensPerSecond(accelerators * each);

/** The load is the same in every month; the price follows its path. Throws `RangeError` for figures that cannot be. */
function scenarioOf(asked: WhatIf): Scenario {
  const { months, accelerators, utilisation } = asked;
  if (months > MOST_MONTHS) throw new RangeError(`months is out of range: ${months}`);
  if (!(utilisation >= 0 && utilisation <= 1)) throw new RangeError(`utilisation must be 0 to 1, got ${utilisation}`);
  return {
    months,
    accelerators,
    pue: asked.pue,
    priceFactorPerYear: asked.priceFactorPerYear,
    discountRate: asked.discountRate,
    price: usdPerMillionTokens(asked.price),
    electricity: usdPerKilowattHour(asked.electricity),
    tokensPerSecond: tokensPerSecond(asked.tokensPerSecond),
    power: watts(asked.power),
    capex: usd(asked.capex),
    residual: usd(asked.residual),
    opexPerYear: usdPerYear(asked.opexPerYear),
    demand: tokensPerSecond(utilisation * capacityOf(asked)),
    demandFactorPerYear: 1,
    elasticity: 0,
    availability: fraction(1),
    firstMonth: 1,
    capexSchedule: [1],
    priceSteps: [],
  };
}

export interface WhatIfAnswer {
  /** Today's, at the facility's meter. */
  readonly rates: Unknown<UnitEconomics>;
  /** Why a figure of `rates` is null. */
  readonly why: ReturnType<typeof whyUnknown>;
  readonly plan: Projection;
  readonly paybackMonths: number | null;
  /** The price of today at which the investment is worth nothing. */
  readonly breakEvenStartPrice: UsdPerMillionTokens | null;
  readonly findings: readonly Finding[];
}

/** Of every answer: what a form of plain figures leaves out. */
const LEFT_OUT: readonly Finding[] = [
  {
    code: "UTILISATION_TYPED",
    severity: "info",
    message: "utilisation was typed in; in a factory it follows from the load",
  },
  {
    code: "OPERATING_POINT_UNSTATED",
    severity: "warning",
    message:
      "speed and power hold for one model, precision, request length and speed of a user, which are not said here",
  },
];

export function whatIf(asked: WhatIf): WhatIfAnswer {
  const scenario = scenarioOf(asked);
  const { accelerators, months, discountRate, power, pue, electricity } = scenario;
  const plan = project(scenario);
  // Without its electricity, which `unitEconomics` adds: all machines as if they were one.
  const hour = gpuHourCost({
    ...scenario,
    lifeYears: years(months / 12),
    wacc: discountRate,
    allInPower: watts(0),
  });
  // What is used in a second is the power.
  const facility = watts(facilityEnergy(energyUsed(watts(accelerators * power), seconds(1)), pue));
  const rates = {
    machines: hour.total,
    power: facility,
    electricity,
    capacity: capacityOf(asked),
    utilisation: fraction(asked.utilisation),
    price: scenario.price,
  };
  const why = whyUnknown(rates);
  const reasons = new Map(Object.values(why).flatMap((found) => found.map((finding) => [finding.code, finding])));
  return {
    rates: unitEconomics(rates),
    why,
    plan,
    paybackMonths: paybackPeriod(Array.from(plan.cashFlow.cash)),
    breakEvenStartPrice: breakEvenStartPrice(scenario),
    findings: [...LEFT_OUT, ...reasons.values(), ...plan.findings],
  };
}

/** How far off what nobody knows may be: the standard deviation of its logarithm. */
export const riskSpread = {
  demand: { label: "load", sigma: 0.4 },
  price: { label: "price", sigma: 0.2 },
  electricity: { label: "price of electricity", sigma: 0.2 },
} as const;
export const RISK_RUNS = 2000;

/** The same question with what nobody knows drawn at random; the same figures every time it is asked. */
export function riskOf(asked: WhatIf): Simulation {
  const scenario = scenarioOf(asked);
  const uncertain = Object.entries(riskSpread).map(([name, { sigma }]) => {
    const median: number = scenario[name as keyof typeof riskSpread];
    // What is nothing stays nothing, and has no logarithm.
    const belief = median > 0 ? { kind: "lognormal", median, sigma } : { kind: "uniform", low: 0, high: 0 };
    return [name, belief];
  });
  return simulate(scenario, { seed: 1, runs: RISK_RUNS, beliefs: Object.fromEntries(uncertain) });
}
