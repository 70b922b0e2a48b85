import { perMillion } from "../internal/arithmetic.ts";
import { both } from "../internal/known.ts";
import { type LlmTokens, type Usd, type UsdPerMillionTokens, usdPerMillionTokens } from "../units.ts";

/**
 * The price at which sold tokens pay for what is there anyway and for what each of them costs: fixed / sold + variable.
 * `null` if something is unknown or nothing was sold. (The utilisation that breaks even is in `unitEconomics`.)
 */
export const breakEvenPrice = (
  fixed: Usd | null,
  variable: UsdPerMillionTokens | null,
  sold: LlmTokens | null,
): UsdPerMillionTokens | null =>
  both(
    both(fixed, variable, (a, b) => [a, b] as const),
    sold,
    ([a, b], tokens) => (tokens === 0n ? null : usdPerMillionTokens(perMillion(a, Number(tokens)) + b)),
  );
