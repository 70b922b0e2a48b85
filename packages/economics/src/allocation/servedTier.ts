import { positive } from "../internal/checked.ts";
import { type PlainNumber, tokensPerJouleOf, tokensPerSecond, type Watts } from "../units.ts";
import type { TierOption } from "./allocateTiers.ts";
import type { TierCapacity } from "./tierCapacity.ts";

/**
 * A tier whose yields are those of a server that keeps what the tier promises. `power` is the server's, counted where
 * the cap of `allocateTiers` is. Throws `RangeError` for a power or a number of GPUs that is not above 0.
 */
export const servedTier = (
  asked: Omit<TierOption, "tokensPerJoule" | "tokensPerSecondPerGpu">,
  { goodput }: TierCapacity,
  { power, gpus }: { readonly power: Watts; readonly gpus: PlainNumber },
): TierOption => ({
  ...asked,
  tokensPerJoule: tokensPerJouleOf(goodput / positive(power, "power")),
  tokensPerSecondPerGpu: tokensPerSecond(goodput / positive(gpus, "GPUs")),
});
