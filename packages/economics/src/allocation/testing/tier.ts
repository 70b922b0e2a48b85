import { tokensPerJouleOf, tokensPerSecond, usdPerMillionTokens } from "../../units.ts";
import type { TierOption } from "../allocateTiers.ts";

/** A tier on GPUs of a kilowatt each, at no variable cost. */
export const tier = (
  name: string,
  price: number,
  perJoule: number,
  demand: number,
  more: Partial<TierOption> = {},
): TierOption => ({
  name,
  price: usdPerMillionTokens(price),
  variableCost: usdPerMillionTokens(0),
  tokensPerJoule: tokensPerJouleOf(perJoule),
  tokensPerSecondPerGpu: tokensPerSecond(perJoule * 1000),
  demand: tokensPerSecond(demand),
  ...more,
});
