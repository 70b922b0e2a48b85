import { exp, ln, power } from "../internal/elementary.ts";
import type { Finding } from "../quantities/Finding.ts";
import type { PlainNumber, Years } from "../units.ts";

/**
 * Two different things that texts call growth. Linear adds the same each year; compounding multiplies by the same each
 * year. Amplification multiplies a demand once, which is neither.
 */
export type Growth =
  | { readonly kind: "linear"; readonly perYear: PlainNumber }
  | { readonly kind: "compounding"; readonly factorPerYear: PlainNumber };

/** What `start` has become after `years`, in its unit and never below 0. Throws `RangeError` for a factor of 0 or less. */
export function grown(start: PlainNumber, growth: Growth, years: PlainNumber | Years): number {
  if (growth.kind === "linear") return Math.max(0, start + growth.perYear * years);
  if (!(growth.factorPerYear > 0)) throw new RangeError(`a factor must be positive, got ${growth.factorPerYear}`);
  return start * power(growth.factorPerYear, years);
}

export type GrowthFit = {
  /** The fitted value of the first year. */
  readonly start: number;
  readonly growth: Growth;
  /** Root mean square error of each kind, in the unit of the values. */
  readonly errors: { readonly linear: number; readonly compounding: number };
  readonly findings: readonly Finding[];
};

/**
 * Fits both kinds to values over years and reports which one it used: the one with the smaller error. Least squares, for
 * the compounding kind of the logarithms, weighted by the squares of the values so that both minimise the same errors
 * near the data. Years count from the first, so that calendar years do as well as 0, 1, 2. A finding says so if the two are
 * within 10 % of each other, where the data do not decide.
 *
 * Throws `RangeError` for fewer than three points, for values that are not positive, for years that are all the same and
 * for values too large to fit.
 */
export function fitGrowth(points: readonly { readonly year: PlainNumber; readonly value: PlainNumber }[]): GrowthFit {
  if (points.length < 3) throw new RangeError(`a fit of two kinds needs three points, got ${points.length}`);
  for (const { year, value } of points) {
    if (!(value > 0 && Number.isFinite(value) && Number.isFinite(year)))
      throw new RangeError(`not a point: ${year}, ${value}`);
  }
  // Sums depend on their order in the last digits; the order of points must not.
  const sorted = [...points].sort((a, b) => a.year - b.year || a.value - b.value);
  const first = Math.min(...sorted.map(({ year }) => year));
  const since = sorted.map(({ year, value }) => ({ x: year - first, value }));
  const straight = line(since.map(({ x, value }) => ({ x, y: value, weight: 1 })));
  const logs = line(since.map(({ x, value }) => ({ x, y: ln(value), weight: value * value })));
  const candidates = {
    linear: { start: straight.intercept, growth: { kind: "linear", perYear: straight.slope } },
    compounding: { start: exp(logs.intercept), growth: { kind: "compounding", factorPerYear: exp(logs.slope) } },
  } as const;
  const error = ({ start, growth }: { readonly start: number; readonly growth: Growth }) =>
    Math.sqrt(since.reduce((sum, { x, value }) => sum + square(grown(start, growth, x) - value), 0) / since.length);
  const errors = { linear: error(candidates.linear), compounding: error(candidates.compounding) };
  if (!Number.isFinite(errors.linear + errors.compounding)) throw new RangeError("values too large to fit");
  const used = errors.linear <= errors.compounding ? candidates.linear : candidates.compounding;
  const [low, high] = [Math.min(errors.linear, errors.compounding), Math.max(errors.linear, errors.compounding)];
  const findings: Finding[] =
    high - low <= 0.1 * high
      ? [
          {
            code: "GROWTH_UNDECIDED",
            severity: "warning",
            message: `linear misses by ${errors.linear} and compounding by ${errors.compounding}: the data do not decide`,
          },
        ]
      : [];
  return { ...used, errors, findings };
}

const square = (x: number): number => x * x;

function line(points: readonly { readonly x: number; readonly y: number; readonly weight: number }[]): {
  slope: number;
  intercept: number;
} {
  const sum = (f: (point: { readonly x: number; readonly y: number }) => number) =>
    points.reduce((total, point) => total + point.weight * f(point), 0);
  const weight = sum(() => 1);
  const x = sum((point) => point.x) / weight;
  const y = sum((point) => point.y) / weight;
  const spread = sum((point) => (point.x - x) * (point.x - x));
  if (spread === 0) throw new RangeError("a fit needs more than one year");
  const slope = sum((point) => (point.x - x) * (point.y - y)) / spread;
  return { slope, intercept: y - slope * x };
}
