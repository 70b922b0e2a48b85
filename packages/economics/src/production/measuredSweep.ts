import { tokensPerSecond, tokensPerSecondPerUser } from "../units.ts";
import type { FrontierPoint } from "./paretoFrontier.ts";

/** One run of a sweep over the number of requests in flight. */
export interface SweepPoint extends FrontierPoint {
  readonly inputTokens: number;
  readonly concurrency: number;
}

export interface MeasuredSweep {
  readonly model: string;
  readonly machine: string;
  readonly gpus: number;
  readonly outputTokens: number;
  readonly source: string;
  readonly licence: string;
  readonly asOf: string;
  readonly points: readonly SweepPoint[];
}

const GPUS = 8;

/** `data/inferencex_h200_frontier_glm5.csv`: input tokens, concurrency, median seconds an output token, output tokens a second. */
const ROWS: readonly (readonly [number, number, number, number])[] = [
  [1024, 4, 0.0213725, 164.728],
  [1024, 8, 0.0247331, 294.103],
  [1024, 16, 0.0336149, 403.581],
  [1024, 32, 0.0428537, 648.268],
  [1024, 48, 0.0729301, 593.838],
  [1024, 64, 0.0878618, 663.038],
  [2048, 4, 0.0232981, 145.81],
  [2048, 8, 0.0262769, 265.737],
  [2048, 16, 0.0382305, 380.206],
  [2048, 32, 0.0770678, 372.17],
  [2048, 48, 0.105965, 406.727],
  [2048, 64, 0.129909, 435.189],
  [4096, 4, 0.02822, 117.897],
  [4096, 8, 0.0315681, 216.454],
  [4096, 16, 0.0692936, 205.63],
  [4096, 32, 0.123753, 227.646],
  [4096, 48, 0.18144, 239.072],
  [4096, 64, 0.208493, 243.153],
  [6144, 4, 0.0333218, 98.0062],
  [6144, 8, 0.0515975, 125.372],
  [6144, 16, 0.0955976, 145.709],
  [6144, 32, 0.174878, 162.291],
  [6144, 48, 0.210949, 163.412],
  [6144, 64, 0.213959, 161.385],
  [8192, 4, 0.039712, 82.685],
  [8192, 8, 0.0620053, 102.512],
  [8192, 16, 0.11806, 115.274],
  [8192, 32, 0.205225, 119.419],
  [8192, 48, 0.212484, 118.118],
  [8192, 64, 0.210915, 120.667],
  [10240, 4, 0.0450899, 71.7293],
  [10240, 8, 0.0718953, 86.0437],
  [10240, 16, 0.141052, 95.416],
  [10240, 32, 0.204209, 98.6563],
  [12288, 4, 0.0496391, 62.7242],
  [12288, 8, 0.086762, 73.6255],
  [12288, 16, 0.169959, 80.6967],
  [12288, 32, 0.201367, 81.1702],
  [12288, 48, 0.206447, 80.9237],
  [12288, 64, 0.206517, 81.0413],
  [14336, 4, 0.0572096, 55.6977],
  [14336, 8, 0.0975354, 64.2722],
  [14336, 16, 0.191375, 69.4976],
  [14336, 32, 0.205518, 69.4447],
  [14336, 48, 0.214533, 69.2888],
  [14336, 64, 0.212387, 69.2924],
  [16384, 4, 0.0578712, 50.213],
  [16384, 8, 0.103911, 56.7728],
  [16384, 16, 0.199603, 60.0491],
  [16384, 32, 0.203544, 59.9493],
  [16384, 48, 0.20987, 59.9602],
  [16384, 64, 0.21122, 59.9324],
];

/** GLM-5 on eight H200. Speed is that of the median user; throughput is of output tokens, for each GPU. */
export const measuredSweep: MeasuredSweep = {
  model: "zai-org/GLM-5-FP8",
  machine: "8xH200 SXM, vLLM TP8",
  gpus: GPUS,
  outputTokens: 128,
  source: "SemiAnalysisAI/InferenceX@843c625 experimental/",
  licence: "Apache-2.0",
  asOf: "2026-02-13",
  points: ROWS.map(([inputTokens, concurrency, secondsPerToken, throughput]) => ({
    inputTokens,
    concurrency,
    interactivity: tokensPerSecondPerUser(1 / secondsPerToken),
    throughput: tokensPerSecond(throughput / GPUS),
  })),
};
