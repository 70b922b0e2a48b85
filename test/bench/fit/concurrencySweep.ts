import type { Row } from "@joulemint/economics/catalogue/parseTable";
import { endToEndLatency } from "@joulemint/economics/production/endToEndLatency";
import { seconds, tokensPerSecond } from "@joulemint/economics/units";
import { leaveOneOut } from "./batchSweep.ts";
import { type FitReport, fitReport } from "./FitReport.ts";
import { column, complete, configurations } from "./rows.ts";

/** InferenceX: requests per second at a concurrency that was left out, and end-to-end latency from its parts. */
export function concurrencySweepFit(rows: readonly Row[]): readonly FitReport[] {
  const dataset = "concurrency sweeps";
  // All requests of a sweep have the same length, so that requests per second are as tokens per second.
  const throughputs = complete(rows, ["concurrency", "requests_per_s", "osl"]);
  const sweeps = configurations(throughputs, ["model", "hardware", "isl", "osl"]).map((sweep) =>
    sweep.map((row) => ({
      setting: column(row, "concurrency"),
      batch: column(row, "concurrency"),
      throughput: tokensPerSecond(column(row, "requests_per_s") * column(row, "osl")),
    })),
  );
  const latencies = complete(rows, ["ttft_p50_s", "tpot_p50_s", "osl", "e2e_p50_s"]).map((row) => {
    const [ttft, tpot, osl] = [column(row, "ttft_p50_s"), column(row, "tpot_p50_s"), column(row, "osl")];
    return {
      measured: column(row, "e2e_p50_s"),
      ours: endToEndLatency(seconds(ttft), seconds(tpot), osl),
      baseline: osl * tpot,
    };
  });
  return [
    ...fitReport(
      dataset,
      "requests/s; leave one concurrency out; baseline: affine step time",
      sweeps.flatMap((sweep) => leaveOneOut(sweep, "all")),
    ),
    ...fitReport(
      dataset,
      "median E2E = TTFT + (OSL - 1) x TPOT, an identity of means; baseline: OSL x TPOT",
      latencies,
    ),
  ];
}
