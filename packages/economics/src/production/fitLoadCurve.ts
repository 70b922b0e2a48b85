import type { LoadCurve } from "./LoadCurve.ts";
import { type LoadSweep, predictSweep } from "./LoadSweep.ts";

const KNEES = [2, 3, 4, 5, 6, 7, 8];
const MOST_DRAG = 0.5;
/** Drag is searched coarsely, then around the best: rows this few support no more than three decimals. */
const STEPS = [0.02, 0.001];

/**
 * The load curve with the least mean absolute error (of the logarithm) over all predicted rows: absolute, so that
 * a configuration of an unusual shape does not bend the curve of all others. `knee` is a whole number from 2 to 8.
 * Throws `RangeError` if no sweep has a row to predict.
 */
export function fitLoadCurve(sweeps: readonly LoadSweep[]): LoadCurve {
  const fits = KNEES.map((knee) => fitDrag(sweeps, knee));
  return fits.reduce((best, fit) => (fit.loss < best.loss ? fit : best)).curve;
}

function fitDrag(sweeps: readonly LoadSweep[], knee: number): { curve: LoadCurve; loss: number } {
  let best = { curve: { drag: 0, knee }, loss: loss(sweeps, { drag: 0, knee }) };
  let [low, high] = [0, MOST_DRAG];
  for (const step of STEPS) {
    for (let drag = low; drag <= high; drag += step) {
      const curve = { drag: Number(drag.toFixed(3)), knee };
      const found = loss(sweeps, curve);
      if (found < best.loss) best = { curve, loss: found };
    }
    [low, high] = [Math.max(0, best.curve.drag - step), best.curve.drag + step];
  }
  return best;
}

function loss(sweeps: readonly LoadSweep[], curve: LoadCurve): number {
  const errors = sweeps.flatMap((sweep) =>
    predictSweep(curve, sweep).map(({ predicted, row }) => Math.abs(Math.log(predicted / row.throughput))),
  );
  if (errors.length === 0) throw new RangeError("no sweep has a row besides its saturated one");
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}
