import { type WrongFormula, wrong } from "../WrongFormula.ts";

/** Allocation got wrong. */
export const allocation: readonly WrongFormula[] = [
  wrong("allocation/linearProgram.ts", "(dual * valueScale) / (rowScale[i] as number)", "dual * valueScale"),
  wrong("allocation/linearProgram.ts", "if (room < least - TIE || tied)", "if (room > least || best === null)"),
  wrong("allocation/linearProgram.ts", "if (this.limit(left) > EPSILON) return false;", ""),
  wrong("allocation/allocateTiers.ts", "1 / tier.tokensPerJoule", "tier.tokensPerJoule"),
  wrong("allocation/allocateTiers.ts", "usdPerHour(dual(0) * 1e6)", "usdPerHour(dual(0))"),
  wrong("allocation/allocateTiers.ts", "perMillion(dual(2 + i), 1)", "dual(2 + i)"),
  wrong(
    "internal/arithmetic.ts",
    "tokensPerSecond * 3600, usdPerMillion",
    "tokensPerSecond, usdPerMillion",
    "allocation/allocateTiers.test.ts",
  ),
  wrong("allocation/allocateTiers.ts", 'maximise === "revenue" ? price : price - variableCost', "price"),
  wrong("allocation/protectionLevels.ts", "1 - low / high", "low / high"),
  wrong("allocation/protectionLevels.ts", "tier.deviation * tier.deviation", "tier.deviation"),
  wrong("production/erlangB.ts", "(n + offered * blocked)", "n", "production/queueing.test.ts"),
  wrong("allocation/admitClasses.ts", "solution.value * (1 - blocked)", "solution.value"),
  wrong("allocation/admitClasses.ts", "Math.min(\n      places,", "Math.max(\n      places,"),
  wrong("allocation/admitClasses.ts", 'positive(duration, "duration")', "1"),
  wrong("allocation/admitClasses.ts", "erlangB(places, places)", "erlangB(places, places / 2)"),
  wrong("allocation/tierCapacity.ts", "settled.inTime < share", "settled.inTime > share"),
  wrong("allocation/tierCapacity.ts", "[low, best] = [middle, found]", "[high, best] = [middle, found]"),
  wrong("allocation/servedTier.ts", 'goodput / positive(gpus, "GPUs")', "goodput"),
  wrong("allocation/deadlineCapacity.ts", "after = 1; after", "after = 0; after"),
  wrong("allocation/deadlineCapacity.ts", "after - deadline + 2", "after"),
  wrong("allocation/interruptible.ts", "Math.min(left, wanted)", "wanted"),
  wrong("allocation/allocateProfile.ts", "byPower, left(gpus", "Number.POSITIVE_INFINITY, left(gpus"),
  wrong("allocation/allocateProfile.ts", "Math.min(demand, deadlineCapacity(spare, deadline))", "demand"),
  wrong("allocation/megawattCapital.ts", "/ capitalRecovery(rate, years)", "* capitalRecovery(rate, years)"),
];
