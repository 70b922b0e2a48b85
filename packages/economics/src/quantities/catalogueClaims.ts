import { accelerator, accelerators } from "../catalogue/accelerators.ts";
import { capexPerGigawatt } from "../catalogue/capexPerGigawatt.ts";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { type ComputeSystem, computeSystem, systems } from "../catalogue/systems.ts";
import { type Claim, claim } from "./Claim.ts";
import { sumClaim } from "./claimForms.ts";
import type { Sourced } from "./Sourced.ts";

/** Totals are printed with two or three digits. */
const ROUNDED = 0.005;

/** What a system's source prints of all of it, against its accelerators by their own sources. */
function partsOf(system: ComputeSystem): readonly Claim[] {
  const { memory, bandwidth, flops, fp4Vendor, linkOneWay } = accelerator(system.chip);
  const sums: Readonly<Record<string, readonly [total: Sourced<number> | null, each: Sourced<number> | null]>> = {
    memory: [system.hbm, memory],
    bandwidth: [system.bandwidth, bandwidth],
    fp4: [system.fp4Dense, flops.fp4],
    "fp4-vendor": [system.fp4Vendor, fp4Vendor],
    link: [system.linkOneWay, linkOneWay],
  };
  const { accelerators: count } = system;
  return Object.entries(sums).flatMap(([figure, [total, each]]) =>
    total === null || each === null || count === null
      ? []
      : claim({
          id: `XCHECK-PARTS/${system.id}/${figure}`,
          source: total.source,
          statement: `The ${figure} of ${system.id} is ${total.value} ${total.unit}.`,
          stated: total.value,
          unit: total.unit,
          tolerance: ROUNDED,
          inputs: { count: count.value, each: each.value },
          compute: (parts) => parts.count * parts.each,
        }),
  );
}

/** Half the bits, twice the dense FLOP/s: the rule by which texts convert one precision into another. */
const precisionClaims = accelerators.flatMap(({ id, flops: { bf16, fp8, fp4 } }) =>
  (
    [
      ["fp8", fp8, bf16],
      ["fp4", fp4, fp8],
    ] as const
  ).flatMap(([precision, stated, wider]) =>
    stated === null || wider === null || stated.confidence === "assumed"
      ? []
      : claim({
          id: `XCHECK-PRECISION/${id}/${precision}`,
          source: stated.source,
          statement: `${id} makes ${stated.value} ${stated.unit} at ${precision}.`,
          stated: stated.value,
          unit: stated.unit,
          tolerance: ROUNDED,
          inputs: { wider: wider.value },
          compute: (of) => 2 * of.wider,
          cause: { code: "NOT_TWICE", message: "This chip gives more to its narrowest precision: do not convert." },
        }),
  ),
);

const rack = computeSystem("gb200-nvl72");

/** The same rack in dollars for a gigawatt that the utility provisions, against what is said of a gigawatt. */
const gigawattClaims = capexPerGigawatt.map(({ value, unit, source, asOf }) =>
  claim({
    id: `XCHECK-GIGAWATT/${asOf}`,
    source,
    statement: `A gigawatt of AI factory costs $${value / 1e9} billion.`,
    stated: value,
    unit,
    tolerance: 0.05,
    inputs: {
      rack: rack.allIn?.value ?? null,
      gpus: rack.accelerators?.value ?? null,
      watts: gpuHour("gb200").allInPower.value,
    },
    compute: ({ rack: dollars, gpus, watts }) => (dollars / (gpus * watts)) * 1e9,
    cause: { code: "SCOPE_DIFFERS", message: "Computed is a GB200 NVL72 with its hall: others buy other machines." },
  }),
);

const allIn = sumClaim({
  id: "XCHECK-RACK-ALL-IN",
  source: rack.allIn?.source ?? "",
  statement: "A GB200 NVL72 with its hall costs $5.9M.",
  stated: rack.allIn?.value ?? null,
  unit: "USD",
  tolerance: 0,
  inputs: { compute: rack.price?.range?.[1] ?? null, infrastructure: rack.infrastructure?.value ?? null },
});

/** Figures of the catalogue that other figures of it make, by other sources: what contradicts itself is found. */
export const catalogueClaims: readonly Claim[] = [
  ...systems.flatMap(partsOf),
  ...precisionClaims,
  allIn,
  ...gigawattClaims,
];
