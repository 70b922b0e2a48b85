import { type WrongFormula, wrong } from "../WrongFormula.ts";

/** Cost got wrong. */
export const cost: readonly WrongFormula[] = [
  wrong("catalogue/accelerators.ts", "1e9 / 2, row.scaleup", "1e9, row.scaleup", "production/roofline.test.ts"),
  wrong("catalogue/gpuHours.ts", "row.all_in_kw * 1000", "row.all_in_kw", "catalogue/catalogue.test.ts"),
  wrong("catalogue/measuredYields.ts", "12863.625", "12693.625"),
  wrong("finance/catalogueOption.ts", "reference.value * factor", "reference.value"),
  wrong("finance/catalogueOption.ts", "(value * pue) / accelerators.value", "value / accelerators.value"),
  wrong("cost/gpuHourCost.ts", "HOURS_PER_YEAR * availability", "HOURS_PER_YEAR"),
  wrong("cost/gpuHourCost.ts", "+ residual * wacc", ""),
  wrong("cost/gpuHourCost.ts", "(capex - residual) /", "capex /"),
  wrong("cost/allocateCost.ts", "elapsed += time;", "elapsed = time;"),
  wrong("cost/allocateCost.ts", "(micros - paid)", "micros"),
  wrong("cost/CostStack.ts", "(total - stack.research)", "total"),
  wrong("cost/CostStack.ts", '"depreciation", "capital", "energy"', '"depreciation", "energy"'),
  wrong("cost/energyPerToken.ts", 'positive(energy, "power") /', 'positive(energy, "power") *'),
  wrong("cost/energyAtFacility.ts", "joules(gpu * ratio)", "joules(gpu)"),
  wrong("cost/energyAtFacility.ts", "case null:\n      return null;", "case null:\n      return energy;"),
  wrong(
    "cost/CostStack.ts",
    "reduce((sum: number, line: Usd) => sum + line, 0)",
    "reduce((sum: number, line: Usd) => sum - line, 0)",
  ),
  wrong(
    "cost/amortisedTraining.ts",
    "training * capitalRecovery(",
    "training / capitalRecovery(",
    "cost/CostStack.test.ts",
  ),
  wrong("cost/costPerMillion.ts", "hourlyPerMillion(hour, throughput)", "2 * hourlyPerMillion(hour, throughput)"),
  wrong("cost/energyPerToken.ts", "joulesPerToken * 1e6", "joulesPerToken"),
  wrong("cost/energyPerToken.ts", '!== "it")', '=== "it")'),
  wrong("cost/energyPerToken.ts", "1e6 / each", "1e3 / each"),
  wrong("cost/Boundary.ts", '!== "facility" &&', '!== "it" &&', "cost/energyPerToken.test.ts"),
];
