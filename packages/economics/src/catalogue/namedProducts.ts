import type { CostStack } from "../cost/CostStack.ts";

/**
 * A product that the project's source articles name beside the chips. None of them is a throughput: it is a line of
 * cost, or it changes how much of the time machines can serve.
 */
export interface NamedProduct {
  readonly name: string;
  readonly kind: string;
  /** Of the chips that it was made for; `null` where no source says, or it is for any. */
  readonly generation: string | null;
  readonly enters: keyof CostStack | "availability";
  readonly source: string;
}

const ARTICLES = "named in the articles S0-S4, without a figure that could be checked";
const product = (
  name: string,
  kind: string,
  enters: NamedProduct["enters"],
  generation: string | null = null,
): NamedProduct => ({ name, kind, generation, enters, source: ARTICLES });

export const namedProducts: readonly NamedProduct[] = [
  product("Quantum-2", "InfiniBand network", "network", "Hopper"),
  product("Quantum-X", "InfiniBand network", "network"),
  product("Spectrum-X", "Ethernet network", "network"),
  product("Spectrum-4", "Ethernet switch", "network"),
  product("BlueField-3", "data processing unit", "network"),
  product("CPO", "co-packaged optics", "network"),
  product("DGX SuperPOD", "reference design of a cluster", "depreciation"),
  product("OVX", "servers for Omniverse", "depreciation"),
  product("Omniverse", "simulation platform", "software"),
  product("NIM", "packaged inference services", "software"),
  product("Dynamo", "inference scheduler", "software"),
  product("TensorRT-LLM", "inference engine", "software"),
  product("CUDA", "programming platform, more than 4 million developers", "software"),
  product("Base Command", "cluster management", "software"),
  product("Mission Control", "operation of AI factories", "software"),
  product("RAS engine", "reliability, availability, serviceability", "availability"),
];

/** Throws `RangeError` for a name that is not there. */
export function namedProduct(name: string): NamedProduct {
  const found = namedProducts.find((product) => product.name === name);
  if (found !== undefined) return found;
  throw new RangeError(`no product ${name}; there are ${namedProducts.map((product) => product.name).join(", ")}`);
}
