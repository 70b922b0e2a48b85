/** A formula got wrong on purpose: `search` occurs once in `src/file`, and its test is beside it unless `test` says where. */
export type WrongFormula = {
  readonly file: string;
  readonly search: string;
  readonly replace: string;
  readonly test?: string;
};

const wrong = (file: string, search: string, replace: string, test?: string): WrongFormula =>
  test === undefined ? { file, search, replace } : { file, search, replace, test };

/** One file tests what makes a result out of a formula. */
const RESULTS = "quantities/resultOf.test.ts";

export const WRONG_FORMULAS: readonly WrongFormula[] = [
  // money and units
  wrong("rate.ts", "+ MICRO_CREDITS_PER_MILLICREDIT - 1n)", ")"),
  wrong("purchaseCost.ts", "+ MILLICREDITS_PER_MILLION - 1n", ""),
  wrong("redemptionValue.ts", "(credits * pricePerMillion) /", "(credits * pricePerMillion + 1n) /"),
  wrong("splitRevenue.ts", "released - holders;", "released;"),
  wrong("tokenAmplification.ts", "Number(total - visible)", "Number(total)"),
  wrong("callTreeTokens.ts", "root.usage.output)", "root.usage.output + root.usage.reasoning)"),
  wrong("facilityEnergy.ts", "itEnergy * pue", "itEnergy / pue", "finance/project.test.ts"),
  wrong(
    "production.ts",
    "breakEvenPrice: pricePerMillionTokens(cost, sold)",
    "breakEvenPrice: pricePerMillionTokens(cost, produced)",
  ),
  wrong("internal/arithmetic.ts", "tokensPerSecond * 3600", "tokensPerSecond * 60", "revenue/unitEconomics.test.ts"),
  wrong("internal/arithmetic.ts", "joules / 3_600_000", "joules / 3_600", "electricityCost.test.ts"),
  wrong("internal/elementary.ts", "exponent * LN2_HIGH + (2 * s", "exponent * LN2_HIGH + (s"),
  // finance
  wrong("finance/capitalRecovery.ts", "power(1 + rate, -periods)", "power(1 + rate, periods)"),
  wrong("finance/netPresentValue.ts", "value * factor +", "value +"),
  wrong("finance/netPresentValue.ts", "flows.length - 1; t >= 0", "flows.length - 1; t > 0"),
  wrong("finance/internalRateOfReturn.ts", "low, high) - 1)", "low, high))"),
  wrong("finance/internalRateOfReturn.ts", "if (rates.length === 1)", "if (rates.length >= 1)"),
  wrong("finance/paybackPeriod.ts", "period - balance / (balance - before)", "period"),
  wrong("finance/paybackPeriod.ts", "discount /= 1 + rate", "discount *= 1 + rate"),
  wrong("finance/levelisedCost.ts", "netPresentValue(rate, tokens)", "netPresentValue(0, tokens)"),
  wrong("finance/priceResponse.ts", "quantity * priceFactor", "quantity / priceFactor"),
  wrong("finance/pricePath.ts", "power(factorPerYear, 1 / 12)", "power(factorPerYear, 12)"),
  wrong("finance/pricePath.ts", "value *= monthly", "value -= start * (1 - monthly)"),
  wrong(
    "finance/breakEvenStartPrice.ts",
    "1 - value / revenue",
    "1 + value / revenue",
    "finance/riskScenarios.test.ts",
  ),
  wrong("finance/cashFlow.ts", "able < wanted ? able : wanted", "able", "finance/project.test.ts"),
  wrong("finance/cashFlow.ts", "- energy - operating - capital", "- operating - capital", "finance/project.test.ts"),
  wrong("finance/cashFlow.ts", "toThePower(1 + perYear, 1 / 12) - 1", "perYear / 12", "finance/project.test.ts"),
  wrong(
    "finance/cashFlow.ts",
    "scenario.demandFactorPerYear * response(scenario.priceFactorPerYear)",
    "scenario.demandFactorPerYear",
    "finance/trace.test.ts",
  ),
  wrong("finance/project.ts", "- at(residualValue, t)", ""),
  wrong("finance/project.ts", "power(1 + irr.rate, 12) - 1", "irr.rate * 12"),
  wrong("finance/trace.ts", '["accelerators", "power", "pue",', '["accelerators", "power",'),
  wrong("finance/randomUniform.ts", "round < 10", "round < 9"),
  wrong("finance/randomUniform.ts", "(middle >>> 16) +", ""),
  wrong(
    "finance/Distribution.ts",
    "mean + distribution.deviation *",
    "mean + distribution.deviation * distribution.deviation *",
  ),
  wrong("finance/Distribution.ts", "(1 - p) * width * (high - mode)", "(1 - p) * width * rising"),
  wrong("finance/riskSummary.ts", "if (outcome < 0)", "if (outcome > 0)"),
  wrong("finance/riskSummary.ts", "return sum / size", "return sum / sorted.length"),
  wrong("quantities/quantile.ts", "(sorted.length - 1) * p", "sorted.length * p"),
  wrong("finance/simulate.ts", "randomStream(seed, variable)", 'randomStream(seed, "one stream for all")'),
  wrong(
    "finance/simulate.ts",
    "Math.abs(b.high - b.low) - Math.abs(a.high - a.low)",
    "b.high - b.low - (a.high - a.low)",
  ),
  wrong("finance/compareScenarios.ts", "outcome - (other[run]", "outcome - (other[0]", "finance/simulate.test.ts"),
  wrong("finance/riskScenarios.ts", "base.power * base.pue", "base.power"),
  wrong("finance/riskScenarios.ts", "base.firstMonth + monthsLate", "monthsLate"),
  wrong("finance/compareHardware.ts", "Math.ceil(site.load", "Math.floor(site.load"),
  wrong("finance/compareHardware.ts", "option.power * site.pue", "option.power"),
  wrong("finance/revenueClaim.ts", "/ 10_000", "/ 1000"),
  // allocation
  wrong("allocation/linearProgram.ts", "(dual * valueScale) / (rowScale[i] as number)", "dual * valueScale"),
  wrong("allocation/linearProgram.ts", "if (room < least - TIE || tied)", "if (room > least || best === null)"),
  wrong("allocation/linearProgram.ts", "if (this.limit(left) > EPSILON) return false;", ""),
  wrong("allocation/allocateTiers.ts", "1 / tier.tokensPerJoule", "tier.tokensPerJoule"),
  wrong("allocation/allocateTiers.ts", "dual(0) * HOURLY * 1e6", "dual(0) * HOURLY"),
  wrong("allocation/allocateTiers.ts", 'maximise === "revenue" ? price : price - variableCost', "price"),
  wrong("allocation/protectionLevels.ts", "1 - low / high", "low / high"),
  wrong("allocation/protectionLevels.ts", "tier.deviation * tier.deviation", "tier.deviation"),
  wrong("allocation/megawattCapital.ts", "/ capitalRecovery(rate, years)", "* capitalRecovery(rate, years)"),
  // revenue
  wrong("revenue/margin.ts", "gross: ratio(profit, revenue)", "gross: ratio(profit, cost)"),
  wrong("revenue/margin.ts", "markUp: ratio(profit, cost)", "markUp: ratio(profit, revenue)"),
  wrong("revenue/unitEconomics.ts", "perMillion(hour, able), asked", "perMillion(hour, sold), asked"),
  wrong("revenue/unitEconomics.ts", "asked * perJoule * 3.6", "asked * perJoule"),
  wrong("revenue/breakEvenPrice.ts", "Number(tokens) + b", "Number(tokens)", "revenue/rateWorkload.test.ts"),
  wrong("revenue/PriceBook.ts", "prompt > longContext.above", "prompt >= longContext.above"),
  wrong("revenue/PriceBook.ts", "usage.input + usage.cachedInput + usage.cacheWrite", "usage.input"),
  wrong("revenue/PriceBook.ts", "from <= date", "from < date"),
  wrong("revenue/rateWorkload.ts", "used > included ? used - included : 0n", "used"),
  wrong("revenue/rateWorkload.ts", "form.price / 3600", "form.price / 60"),
  wrong("revenue/rateWorkload.ts", "least(beyond,", "(beyond,"),
  wrong("revenue/rateWorkload.ts", 'count("accepted"), disputed', 'count("accepted") + count("disputed"), disputed'),
  wrong("revenue/serviceTier.ts", 'flex: "batch"', 'flex: "standard"'),
  wrong("revenue/focusRows.ts", "decimal(line.unitPrice, 12)", "decimal(line.unitPrice, 6)"),
  // demand
  wrong("demand/taskAmplification.ts", "output: visible * PRECISION", "output: total * PRECISION"),
  wrong("demand/taskAmplification.ts", "calls: calls + 1", "calls"),
  wrong("demand/growth.ts", "start + growth.perYear * years", "start * growth.perYear * years"),
  wrong("demand/growth.ts", "errors.linear <= errors.compounding", "errors.linear > errors.compounding"),
  wrong("demand/Cohort.ts", "tokensPerCall * amplification;", "tokensPerCall;"),
  wrong("demand/agentLoop.ts", "context += perStep", "context *= 2n"),
  wrong("demand/contextMemory.ts", "* bytesPerToken", "/ bytesPerToken"),
  // results
  wrong("quantities/provenanceOf.ts", "date)).sort();", "date)).sort().reverse();", RESULTS),
  wrong("quantities/provenanceOf.ts", "CONFIDENCES.findLast", "CONFIDENCES.find", RESULTS),
  wrong("quantities/provenanceOf.ts", "values.size < 2", "values.size < 3", RESULTS),
  wrong("quantities/provenanceOf.ts", "name in point", "true", RESULTS),
  wrong("quantities/cornersOf.ts", "(corner >> i) & 1", "corner & 1", RESULTS),
  wrong("quantities/cornersOf.ts", "2 ** ranged.length", "2 ** (ranged.length - 1)", RESULTS),
  wrong("quantities/resultOf.ts", "[each.value, ...each.interval]", "[each.value]"),
  wrong("quantities/resultOf.ts", "own.boundary ?? provenance.boundary", "provenance.boundary"),
  wrong("quantities/resultOf.ts", "...provenance.findings,", ""),
  wrong("cost/energyPerToken.ts", "each / 3.6", "each * 3.6"),
];
