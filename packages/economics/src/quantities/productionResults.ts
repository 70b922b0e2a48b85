import type { BatchServer } from "../production/BatchServer.ts";
import { concurrency } from "../production/concurrency.ts";
import { decodeBound } from "../production/decodeBound.ts";
import type { MeasuredPoint } from "../production/distinctBatches.ts";
import { endToEndLatency } from "../production/endToEndLatency.ts";
import { type LoadCurve, throughputAtLoad } from "../production/LoadCurve.ts";
import { maximumBatch } from "../production/maximumBatch.ts";
import type { Placement } from "../production/Placement.ts";
import { type FrontierPoint, paretoFrontier } from "../production/paretoFrontier.ts";
import type { RequestStream } from "../production/poissonRequests.ts";
import { prefillBound } from "../production/prefillBound.ts";
import { fitServingCurve, type ServingCurve } from "../production/ServingCurve.ts";
import type { Slo } from "../production/Slo.ts";
import { servingTails } from "../production/servingTails.ts";
import { sloCapacity } from "../production/sloCapacity.ts";
import { throughputAtBatch } from "../production/throughputAtBatch.ts";
import { throughputAtInteractivity } from "../production/throughputAtInteractivity.ts";
import { tierYield } from "../production/tierYield.ts";
import { trainingTime } from "../production/trainingTime.ts";
import { type Load, utilisation } from "../production/utilisation.ts";
import type {
  PlainNumber,
  RequestsPerSecond,
  Seconds,
  TokensPerSecond,
  TokensPerSecondPerUser,
  Watts,
} from "../units.ts";
import { resultOf } from "./resultOf.ts";

/** A measured configuration: the curve that is fitted to points is in their unit. */
const BY_BATCH = "tok/s by batch";
const FRONTIER = "tok/s/GPU by tok/s/user";

/** What machines make of a load, as results. */
export const productionResults = {
  decodeBound: resultOf(
    ({ placement, ...at }: { readonly placement: Placement } & Parameters<typeof decodeBound>[1]) =>
      decodeBound(placement, at),
    { stepTime: "s", perUser: "tok/s/user", throughput: "tok/s", limiting: "resource" },
    { placement: "placement", batch: "1", context: "tok", acceptedLength: "1", exchange: "exchange" },
  ),
  fitServingCurve: resultOf(
    ({ points }: { readonly points: readonly MeasuredPoint[] }) => fitServingCurve(points),
    BY_BATCH,
    { points: BY_BATCH },
    ["points"],
  ),
  throughputAtBatch: resultOf(
    ({ curve, batch }: { readonly curve: ServingCurve; readonly batch: PlainNumber }) =>
      throughputAtBatch(curve, batch),
    "tok/s",
    { curve: BY_BATCH, batch: "1" },
  ),
  paretoFrontier: resultOf(
    ({ points }: { readonly points: readonly FrontierPoint[] }) => paretoFrontier(points),
    FRONTIER,
    { points: FRONTIER },
    ["points"],
  ),
  throughputAtInteractivity: resultOf(
    ({
      points,
      interactivity,
    }: {
      readonly points: readonly FrontierPoint[];
      readonly interactivity: TokensPerSecondPerUser;
    }) => throughputAtInteractivity(points, interactivity),
    "tok/s/GPU",
    { points: FRONTIER, interactivity: "tok/s/user" },
    ["points"],
  ),
  utilisation: resultOf(
    ({ curve, load, slo }: { readonly curve: ServingCurve; readonly load: Load; readonly slo: Slo }) =>
      utilisation(curve, load, slo),
    { capacity: "tok/s", served: "tok/s", utilisation: "1", goodput: "tok/s", waiting: "1", ttft: "s" },
    { curve: BY_BATCH, load: "requests/s", slo: "s" },
    ["curve"],
  ),
  servingTails: (seed: PlainNumber, requests: PlainNumber) =>
    resultOf(
      ({ server, stream, slo }: { readonly server: BatchServer; readonly stream: RequestStream; readonly slo: Slo }) =>
        servingTails(server, stream, slo, { seed, requests }),
      { load: "1", settled: "s, and tok/s" },
      { server: "s by batch", stream: "requests/s", slo: "s" },
      ["server"],
    ),
  tierYield: resultOf(
    (of: {
      readonly points: readonly FrontierPoint[];
      readonly interactivity: TokensPerSecondPerUser;
      readonly power: Watts;
    }) => tierYield(of.points, of.interactivity, of.power),
    "tok/J",
    { points: FRONTIER, interactivity: "tok/s/user", power: "W" },
    ["points"],
  ),
  throughputAtLoad: resultOf(
    (of: { readonly curve: LoadCurve; readonly demand: TokensPerSecond; readonly capacity: TokensPerSecond }) =>
      throughputAtLoad(of.curve, of.demand, of.capacity),
    "tok/s",
    { curve: "tok/s by demand", demand: "tok/s", capacity: "tok/s" },
    ["capacity"],
  ),
  sloCapacity: resultOf(
    ({ curve, tpot }: { readonly curve: ServingCurve; readonly tpot: Seconds | null }) => sloCapacity(curve, { tpot }),
    { batch: "1", throughput: "tok/s", tpot: "s" },
    { curve: BY_BATCH, tpot: "s" },
    ["curve"],
  ),
  prefillBound: resultOf(
    (of: { readonly placement: Placement; readonly inputTokens: PlainNumber }) =>
      prefillBound(of.placement, of.inputTokens),
    "s",
    { placement: "placement", inputTokens: "tok" },
  ),
  maximumBatch: resultOf(
    (of: { readonly placement: Placement; readonly context: PlainNumber }) => maximumBatch(of.placement, of),
    "1",
    { placement: "placement", context: "tok" },
  ),
  endToEndLatency: resultOf(
    (of: { readonly ttft: Seconds; readonly tpot: Seconds; readonly outputTokens: PlainNumber }) =>
      endToEndLatency(of.ttft, of.tpot, of.outputTokens),
    "s",
    { ttft: "s", tpot: "s", outputTokens: "tok" },
  ),
  concurrency: resultOf(
    (of: { readonly arrivals: RequestsPerSecond; readonly endToEnd: Seconds }) => concurrency(of.arrivals, of.endToEnd),
    "1",
    { arrivals: "requests/s", endToEnd: "s" },
  ),
  trainingTime: resultOf((run: Parameters<typeof trainingTime>[0]) => trainingTime(run), "s", {
    activeParameters: "1",
    tokens: "tok",
    gpus: "GPUs",
    flopsPerGpu: "FLOP/s",
    mfu: "1",
  }),
};
