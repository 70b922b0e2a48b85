import { costPerMillion } from "../cost/costPerMillion.ts";
import { energyPerToken } from "../cost/energyPerToken.ts";
import { HOURS_PER_YEAR } from "../cost/gpuHourCost.ts";
import { tokenSales } from "../internal/arithmetic.ts";
import { within } from "../internal/checked.ts";
import {
  fraction,
  type PlainNumber,
  tokensPerSecond,
  usdPerHour,
  usdPerMillionTokens,
  watts,
  years,
} from "../units.ts";
import { type Claim, claim } from "./Claim.ts";

/** The package's functions on bare numbers, as claims state them; `RangeError` for one that its unit cannot hold. */
export const cost = (hour: PlainNumber, throughput: PlainNumber): number =>
  costPerMillion(usdPerHour(hour), tokensPerSecond(throughput)) ?? Number.POSITIVE_INFINITY;

export const perMegawatt = (throughput: PlainNumber, power: PlainNumber): number =>
  energyPerToken(watts(power), tokensPerSecond(throughput), "all-in").tokensPerSecondPerMegawatt;

/** Revenue of GPUs that are used a share `utilisation` of the time at `price` for a million tokens. */
export const tokenRevenue = (o: {
  gpus: PlainNumber;
  throughput: PlainNumber;
  utilisation: PlainNumber;
  years: PlainNumber;
  price: PlainNumber;
}): number => {
  const used = within(o.gpus, 0, Number.MAX_VALUE, "gpus") * fraction(o.utilisation) * years(o.years);
  return tokenSales(used * HOURS_PER_YEAR * 3600 * tokensPerSecond(o.throughput), usdPerMillionTokens(o.price));
};

type Said = Pick<Claim, "id" | "source" | "stated" | "tolerance">;

/** What a million tokens cost on a machine of so much an hour. */
export const costClaim = ({
  hour,
  throughput,
  ...said
}: Said & { readonly hour: PlainNumber; readonly throughput: PlainNumber }) =>
  claim({
    statement: `$${said.stated} for a million tokens at $${hour} a GPU-hour and ${throughput} tok/s/GPU.`,
    unit: "USD/M tokens",
    inputs: { hour, throughput },
    compute: (of) => cost(of.hour, of.throughput),
    ...said,
  });

/** How many times one figure is another. */
export const ratioClaim = ({
  what,
  of,
  over,
  ...said
}: Omit<Said, "tolerance"> & { readonly what: string; readonly of: PlainNumber; readonly over: PlainNumber }) =>
  claim({
    statement: said.stated === null ? `${what}: ${of} against ${over}.` : `${said.stated} times ${what}.`,
    unit: "times",
    tolerance: 0.1,
    inputs: { of, over },
    compute: (ratio) => ratio.of / ratio.over,
    ...said,
  });

/** What parts add up to; of one part, what another source says of the same. */
export const sumClaim = <Input extends string>(said: Omit<Claim<Input>, "compute">): Claim<Input> => ({
  ...said,
  compute: (parts) => Object.values<number>(parts).reduce((sum, part) => sum + part, 0),
});
