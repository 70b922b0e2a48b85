import type { TokensPerSecond, TokensPerSecondPerUser } from "../units.ts";

/** A configuration as users and owner see it: what one user gets, and what one GPU makes. */
export interface FrontierPoint {
  readonly interactivity: TokensPerSecondPerUser;
  readonly throughput: TokensPerSecond;
}

/**
 * The points that no other beats: by interactivity, ascending, with throughput falling. A point that equals another in
 * both counts once. The order of `points` makes no difference.
 */
export function paretoFrontier<Point extends FrontierPoint>(points: readonly Point[]): readonly Point[] {
  const fastest = [...points].sort((a, b) => b.interactivity - a.interactivity || b.throughput - a.throughput);
  const frontier: Point[] = [];
  for (const point of fastest) {
    const beaten = frontier.at(-1);
    if (beaten === undefined || point.throughput > beaten.throughput) frontier.push(point);
  }
  return frontier.reverse();
}
