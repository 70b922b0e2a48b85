import type { Accelerator } from "../catalogue/Accelerator.ts";
import { accelerator } from "../catalogue/accelerators.ts";
import { namedProduct } from "../catalogue/namedProducts.ts";
import { computeSystem } from "../catalogue/systems.ts";
import type { Claim } from "./Claim.ts";
import { sumClaim } from "./claimForms.ts";
import type { Sourced } from "./Sourced.ts";

/** A figure of a text against the catalogue's. */
function figure(
  id: string,
  statement: string,
  stated: number,
  known: { readonly value: number; readonly unit: string } | null,
  more: { readonly tolerance?: number; readonly cause?: Claim["cause"] } = {},
): Claim {
  const { tolerance = 0, cause } = more;
  return sumClaim({
    id,
    source: "S1: token economics; the package's catalogue",
    statement,
    stated,
    unit: known?.unit ?? "unknown",
    tolerance,
    inputs: { known: known?.value ?? null },
    ...(cause === undefined ? {} : { cause }),
  });
}

const h100 = accelerator("h100-sxm");
const h200 = accelerator("h200-sxm");
const nvl72 = computeSystem("gb200-nvl72");
const year = ({ year: value }: Accelerator) => ({ value, unit: "year" });
const both = (oneWay: Sourced<number> | null) =>
  oneWay === null ? null : { value: oneWay.value, unit: "B/s, one way" };

export const rubinRack = sumClaim({
  id: "GTC2025-NVL144",
  source: "GTC 2025, as the package's catalogue notes of vr-nvl72",
  statement: "NVL144 of Vera Rubin has 144 GPUs.",
  stated: 144,
  unit: "packages",
  tolerance: 0,
  inputs: { packages: computeSystem("vr-nvl72").accelerators?.value ?? null },
  cause: { code: "DIES_COUNTED", message: "Each of its 72 packages has two dies; since 2026 it is named NVL72." },
});

const isBlackwell = (generation: string | null) => (generation === null ? null : Number(/blackwell/i.test(generation)));

export const blackwellFactory = sumClaim({
  id: "S0-BLACKWELL",
  source: "S0: a factory of Blackwell; the package's catalogue",
  statement: "GH200 and Quantum-2 are parts of a Blackwell factory.",
  stated: 2,
  unit: "parts of the Blackwell generation",
  tolerance: 0,
  inputs: {
    gh200: isBlackwell(accelerator("gh200").architecture),
    quantum2: isBlackwell(namedProduct("Quantum-2").generation),
  },
  cause: { code: "MIXED_GENERATIONS", message: "Both are of the Hopper generation, one before Blackwell." },
});

/** What the articles say of chips and systems. */
export const systemClaims: readonly Claim[] = [
  blackwellFactory,
  rubinRack,
  figure("S1-TRANSISTORS", "Hopper has 800 billion transistors.", 800e9, h100.transistors, {
    cause: { code: "MISTRANSLATED", message: "The same page prints 800亿, which is 80 billion." },
  }),
  figure("S1-FEYNMAN/rubin", "Rubin comes in 2026.", 2026, year(accelerator("rubin-gpu"))),
  figure("S1-FEYNMAN", "Feynman comes in 2027.", 2027, year(accelerator("feynman")), {
    cause: { code: "WRONG_YEAR", message: "The roadmaps of GTC 2025 and 2026 say 2028; 2027 is Rubin Ultra." },
  }),
  figure("S1-NVL72/gpus", "NVL72 has 72 GPUs.", 72, nvl72.accelerators),
  figure("S1-NVL72/cpus", "NVL72 has 36 CPUs.", 36, nvl72.processors),
  figure("S1-NVL72/sparse", "NVL72 makes 1.4 exaflops at FP4, with structured sparsity.", 1.4e18, nvl72.fp4Sparse, {
    tolerance: 0.05 / 1.4,
  }),
  figure("S1-NVL72/dense", "NVL72 makes 1.4 exaflops.", 1.4e18, nvl72.fp4Dense, {
    cause: { code: "SPARSE_IS_NOT_DENSE", message: "1.4 exaflops are FP4 with sparsity; dense is half of that." },
  }),
  figure("S1-NVL72/memory", "NVL72 has 30 TB of unified memory.", 30e12, nvl72.hbm, {
    cause: {
      code: "MEMORY_KINDS_ADDED",
      message: "That is HBM and the CPUs' LPDDR together; models are read from HBM.",
    },
  }),
  figure("S1-H200/memory", "H200 has 141 GB.", 141e9, h200.memory),
  figure("S1-H200/bandwidth", "H200 reads 4.8 TB/s.", 4.8e12, h200.bandwidth),
  figure("S1-NVLINK5/bandwidth", "NVLink 5 carries 1.8 TB/s.", 1.8e12, both(accelerator("gb200-gpu").linkOneWay), {
    cause: { code: "BOTH_DIRECTIONS_ADDED", message: "1.8 TB/s is the sum of both directions." },
  }),
  figure("S1-NVLINK5/domain", "An NVLink domain has up to 576 GPUs.", 576, nvl72.accelerators, {
    cause: { code: "LIMIT_IS_NOT_PRODUCT", message: "576 is what the architecture allows, 72 is what ships." },
  }),
];
