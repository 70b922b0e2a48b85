/** A configuration as users and owner see it: tokens per second that one user gets, and that one GPU makes. */
export interface FrontierPoint {
  readonly interactivity: number;
  readonly throughput: number;
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
