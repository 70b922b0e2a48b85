import type { BatchServer } from "../production/BatchServer.ts";
import { decodeBound } from "../production/decodeBound.ts";
import type { Placement } from "../production/Placement.ts";
import { type FrontierPoint, paretoFrontier } from "../production/paretoFrontier.ts";
import type { RequestStream } from "../production/poissonRequests.ts";
import { fitServingCurve, type MeasuredPoint, type ServingCurve } from "../production/ServingCurve.ts";
import type { Slo } from "../production/Slo.ts";
import { servingTails } from "../production/servingTails.ts";
import { throughputAtBatch } from "../production/throughputAtBatch.ts";
import { throughputAtInteractivity } from "../production/throughputAtInteractivity.ts";
import { tierYield } from "../production/tierYield.ts";
import { type Load, utilisation } from "../production/utilisation.ts";
import type { TokensPerSecondPerUser, Watts } from "../units.ts";
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
    ({ curve, batch }: { readonly curve: ServingCurve; readonly batch: number }) => throughputAtBatch(curve, batch),
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
  servingTails: (seed: number, requests: number) =>
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
};
