import type { Row } from "@joulemint/economics/catalogue/parseTable";
import { costPerMillion } from "@joulemint/economics/cost/costPerMillion";
import { fitLoadCurve } from "@joulemint/economics/production/fitLoadCurve";
import { type LoadCurve, MEASURED_LOAD_CURVE } from "@joulemint/economics/production/LoadCurve";
import { type LoadSweep, predictSweep } from "@joulemint/economics/production/LoadSweep";
import {
  requestsPerSecond,
  type TokensPerSecond,
  tokensPerSecond,
  type UsdPerHour,
  usdPerHour,
} from "@joulemint/economics/units";
import { type FitReport, fitReport, type Prediction } from "./FitReport.ts";
import { column, complete, configurations } from "./rows.ts";

/** A smooth minimum of demand and saturation, which is what one number more than the fluid limit can do. */
const smoothMinimum =
  (p: number) =>
  (demand: number, saturation: number): number =>
    (demand ** -p + saturation ** -p) ** (-1 / p);

type Baseline = (demand: number, saturation: number) => number;
const KNEES = Array.from({ length: 81 }, (_, step) => 1.5 + step * 0.05);

/** A sweep, with the price of an hour of its machine and its rows' $/M, which only serve to compare. */
interface PricedSweep extends LoadSweep {
  readonly hour: UsdPerHour;
  readonly saturation: TokensPerSecond;
  readonly rows: readonly (LoadSweep["rows"][number] & { readonly usdPerMillion: number })[];
}

/**
 * Predicts $/M output tokens of each row from its arrival rate alone: the row with the highest arrival rate of its
 * configuration gives saturation, the length of an answer and the price of an hour.
 */
export function loadSweepFit(rows: readonly Row[]): readonly FitReport[] {
  const dataset = "load sweep";
  const task = "USD/M output tokens from the arrival rate";
  const measured = complete(rows, ["rps", "tps_output", "request_throughput", "c_eff_per_mtok"]);
  const sweeps = configurations(measured, ["config", "engine", "model", "precision", "hardware", "gpus"]).map(
    pricedSweep,
  );
  const compare = (curve: LoadCurve, baseline: Baseline, chosen = sweeps) =>
    chosen.flatMap((sweep) => predictions(sweep, curve, baseline));
  const apart = sweeps.flatMap((sweep) => {
    const others = sweeps.filter((other) => other !== sweep);
    return others.every(({ rows }) => rows.length < 2)
      ? []
      : compare(fitLoadCurve(others), fitBaseline(others), [sweep]);
  });
  return [
    ...fitReport(
      dataset,
      `${task}; baseline: smooth minimum, p = 3.5`,
      compare(MEASURED_LOAD_CURVE, smoothMinimum(3.5)),
    ),
    ...fitReport(dataset, `${task}; baseline: min(demand, saturation)`, compare(MEASURED_LOAD_CURVE, Math.min)),
    ...fitReport(dataset, `${task}; leave one configuration out; baseline: smooth minimum, refitted`, apart),
    ...fitReport(dataset, `${task}; leave one row out; baseline: smooth minimum, refitted`, leaveOneRowOut(sweeps)),
  ];
}

function pricedSweep(rows: readonly Row[]): PricedSweep {
  const measured = rows.map((row) => ({
    arrivals: requestsPerSecond(column(row, "rps")),
    throughput: tokensPerSecond(column(row, "tps_output")),
    usdPerMillion: column(row, "c_eff_per_mtok"),
    requests: column(row, "request_throughput"),
  }));
  const [saturated] = [...measured].sort((a, b) => b.arrivals - a.arrivals || b.throughput - a.throughput);
  if (saturated === undefined) throw new RangeError("a configuration without rows");
  return {
    outputTokens: saturated.throughput / saturated.requests,
    saturation: saturated.throughput,
    hour: usdPerHour((saturated.usdPerMillion * saturated.throughput * 3600) / 1e6),
    rows: measured,
  };
}

function predictions(sweep: PricedSweep, curve: LoadCurve, baseline: Baseline): readonly Prediction[] {
  const cost = (throughput: number) => costPerMillion(sweep.hour, tokensPerSecond(throughput)) ?? Number.NaN;
  return predictSweep(curve, sweep).map(({ row, predicted }) => ({
    measured: row.usdPerMillion,
    ours: cost(predicted),
    baseline: cost(baseline(row.arrivals * sweep.outputTokens, sweep.saturation)),
  }));
}

function leaveOneRowOut(sweeps: readonly PricedSweep[]): readonly Prediction[] {
  return sweeps.flatMap((sweep) =>
    predictSweep(MEASURED_LOAD_CURVE, sweep).flatMap(({ row }) => {
      const without = { ...sweep, rows: sweep.rows.filter((other) => other !== row) };
      const rest = sweeps.map((other) => (other === sweep ? without : other));
      if (rest.every(({ rows }) => rows.length < 2)) return [];
      const alone = { ...sweep, rows: sweep.rows.filter((other) => other === row || !isPredicted(sweep, other)) };
      return predictions(alone, fitLoadCurve(rest), fitBaseline(rest));
    }),
  );
}

const isPredicted = (sweep: PricedSweep, row: PricedSweep["rows"][number]): boolean =>
  predictSweep(MEASURED_LOAD_CURVE, sweep).some((prediction) => prediction.row === row);

/** The smooth minimum that fits best by the same measure as ours. */
function fitBaseline(sweeps: readonly PricedSweep[]): Baseline {
  const losses = KNEES.map((p) =>
    sweeps
      .flatMap((sweep) => predictions(sweep, MEASURED_LOAD_CURVE, smoothMinimum(p)))
      .reduce((sum, { baseline, measured }) => sum + Math.abs(Math.log(baseline / measured)), 0),
  );
  return smoothMinimum(KNEES[losses.indexOf(Math.min(...losses))] ?? 3.5);
}
