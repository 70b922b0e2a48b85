import { type WrongFormula, wrong } from "../WrongFormula.ts";

/** One file tests what makes a result out of a formula. */
const RESULTS = "quantities/resultOf.test.ts";

/** Claims, and what makes a result out of a formula, got wrong. */
export const results: readonly WrongFormula[] = [
  wrong("quantities/checkClaim.ts", "Math.abs(computed - stated)", "computed - stated"),
  wrong("quantities/checkClaim.ts", "names.filter((name) => inputs[name] === null)", "[]"),
  wrong("quantities/checkClaim.ts", '"tolerance") * Math.abs(stated)', '"tolerance") * Math.abs(computed)'),
  wrong("quantities/checkClaim.ts", "Number.isFinite(result) ? result : null", "result"),
  wrong("quantities/solveFor.ts", "- stated;", ";", "quantities/publishedClaims.test.ts"),
  wrong("quantities/disagreement.ts", "(1 + tolerance)", "tolerance", "quantities/honesty.test.ts"),
  wrong("quantities/timesOf.ts", "1 + within", "within", "quantities/honesty.test.ts"),
  wrong("quantities/provenanceOf.ts", "date)).sort();", "date)).sort().reverse();", RESULTS),
  wrong("quantities/provenanceOf.ts", "DATE.test(asOf) && isDay(asOf)", "DATE.test(asOf)"),
  wrong("quantities/provenanceOf.ts", "CONFIDENCES.findLast", "CONFIDENCES.find", RESULTS),
  wrong("quantities/provenanceOf.ts", "values.size < 2", "values.size < 3", RESULTS),
  wrong("quantities/provenanceOf.ts", "name in point", "true", RESULTS),
  wrong("quantities/cornersOf.ts", "(value as number) >= (low as number) &&", ""),
  wrong("quantities/cornersOf.ts", "(corner >> i) & 1", "corner & 1"),
  wrong("quantities/cornersOf.ts", "2 ** ranged.length", "2 ** (ranged.length - 1)"),
  wrong("quantities/resultOf.ts", "[each.value, ...each.interval]", "[each.value]", "quantities/cornersOf.test.ts"),
  wrong("quantities/resultOf.ts", "own.boundary ?? provenance.boundary", "provenance.boundary"),
  wrong("quantities/assertUnit.ts", "!units.includes(unit)", "unit === name", RESULTS),
  wrong("quantities/resultOf.ts", "...provenance.findings,", ""),
  wrong("quantities/resultOf.ts", ", own.unknown?.[name])", ")", "quantities/revenueResults.test.ts"),
  wrong("cost/energyPerToken.ts", "each / 3.6", "each * 3.6"),
];
