import { hourlyPerMillion, hourlySales } from "../internal/arithmetic.ts";
import {
  type PlainNumber,
  type TokensPerJoule,
  type TokensPerSecond,
  tokensPerSecond,
  type UsdPerHour,
  type UsdPerMillionTokens,
  usdPerHour,
  usdPerMillionTokens,
  type Watts,
  watts,
} from "../units.ts";
import { solveLinearProgram } from "./linearProgram.ts";

/** A tier of service, as machines serve it within its service levels: the faster the answers, the lower both yields. */
export type TierOption = {
  readonly name: string;
  readonly price: UsdPerMillionTokens;
  /** What serving a million tokens costs beyond power and machines that are there anyway; counts for margin only. */
  readonly variableCost: UsdPerMillionTokens;
  /** Tokens a second for each watt, with power counted where the cap is. */
  readonly tokensPerJoule: TokensPerJoule;
  readonly tokensPerSecondPerGpu: TokensPerSecond;
  /** What is asked for at this price. */
  readonly demand: TokensPerSecond;
  /** What was promised and has to be served. */
  readonly committed?: TokensPerSecond;
};

export type TierAllocation = {
  readonly status: "optimal";
  readonly tiers: readonly {
    readonly name: string;
    readonly served: TokensPerSecond;
    readonly power: Watts;
    readonly gpus: number;
    /** What another million tokens of demand would bring. */
    readonly demandShadowPrice: UsdPerMillionTokens;
  }[];
  readonly revenue: UsdPerHour;
  /** Revenue less variable cost; promises may make it a loss. Dollars an hour. */
  readonly margin: number;
  readonly shadowPrices: {
    /** The price of a megawatt: what one more would bring in an hour. */
    readonly perMegawatt: UsdPerHour;
    readonly perGpu: UsdPerHour;
  };
};

/**
 * Divides power and GPUs among tiers such that revenue or margin is the largest: a linear program over the tokens a
 * second of each tier, under both caps (`null` is no cap), what is asked for and what was promised. With one cap it
 * fills tiers by price x yield, highest first. A shadow price of 0 says that more of that would change nothing.
 *
 * `infeasible`: promises exceed caps or demand. Throws `RangeError` for yields of 0, a negative count of GPUs and two
 * tiers of one name.
 */
export function allocateTiers({
  power,
  gpus,
  tiers,
  maximise,
}: {
  readonly power: Watts | null;
  readonly gpus: PlainNumber | null;
  readonly tiers: readonly TierOption[];
  readonly maximise: "revenue" | "margin";
}): TierAllocation | { readonly status: "infeasible" } {
  const ordered = [...tiers].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (new Set(tiers.map(({ name }) => name)).size < tiers.length) throw new RangeError("two tiers have one name");
  for (const { name, tokensPerJoule, tokensPerSecondPerGpu } of ordered) {
    if (!(tokensPerJoule > 0 && tokensPerSecondPerGpu > 0)) throw new RangeError(`${name} must have yields above 0`);
  }
  if (gpus !== null && !(gpus >= 0)) throw new RangeError(`gpus must not be negative, got ${gpus}`);
  const one = (index: number, value: number) => ordered.map((_, i) => (i === index ? value : 0));
  const worth = ({ price, variableCost }: TierOption) => (maximise === "revenue" ? price : price - variableCost);
  const caps = [
    { coefficients: ordered.map((tier) => 1 / tier.tokensPerJoule), limit: power },
    { coefficients: ordered.map((tier) => 1 / tier.tokensPerSecondPerGpu), limit: gpus },
  ];
  // A cap that is not there keeps its place, as a row that never binds.
  const solution = solveLinearProgram({
    objective: ordered.map((tier) => hourlySales(1, worth(tier))),
    rows: [
      ...caps.map(({ coefficients, limit }) =>
        limit === null ? { coefficients: ordered.map(() => 0), limit: 0 } : { coefficients, limit },
      ),
      ...ordered.map(({ demand }, i) => ({ coefficients: one(i, 1), limit: demand })),
      ...ordered.map(({ committed = 0 }, i) => ({ coefficients: one(i, -1), limit: -committed })),
    ],
  });
  if (solution.status !== "optimal") return { status: "infeasible" };

  const served = solution.x;
  const dual = (row: number) => solution.shadowPrices[row] as number;
  const hourly = (rate: (tier: TierOption) => number) =>
    ordered.reduce((sum, tier, i) => sum + hourlySales(served[i] as number, rate(tier)), 0);
  const revenue = hourly(({ price }) => price);
  const margin = hourly(({ price, variableCost }) => price - variableCost);
  return {
    status: "optimal",
    tiers: ordered.map(({ name, tokensPerJoule, tokensPerSecondPerGpu }, i) => {
      const tokens = served[i] as number;
      return {
        name,
        served: tokensPerSecond(tokens),
        power: watts(tokens / tokensPerJoule),
        gpus: tokens / tokensPerSecondPerGpu,
        demandShadowPrice: usdPerMillionTokens(hourlyPerMillion(dual(2 + i), 1)),
      };
    }),
    revenue: usdPerHour(revenue),
    margin,
    shadowPrices: { perMegawatt: usdPerHour(dual(0) * 1e6), perGpu: usdPerHour(dual(1)) },
  };
}
