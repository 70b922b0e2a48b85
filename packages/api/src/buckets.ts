import type { Window } from "@joulemint/ledger/read/readProduction";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

export interface Bucket extends Window {
  /** The bucket as a whole, aligned to the interval; `from` and `to` are its part inside the window. */
  readonly start: Date;
  readonly end: Date;
  /** Whether the window or the present cuts the bucket, so that it must not be compared with whole ones. */
  readonly partial: boolean;
}

export const MAX_BUCKETS = 1000;

/** The buckets of `interval` seconds that a window touches, in order. Throws BAD_REQUEST for more than MAX_BUCKETS. */
export function buckets(window: Window, interval: number, now: Date): Bucket[] {
  const width = interval * 1000;
  const [from, to] = [window.from.getTime(), window.to.getTime()];
  const first = Math.floor(from / width) * width;
  const count = Math.ceil((to - first) / width);
  if (count > MAX_BUCKETS) {
    throw new JoulemintError("BAD_REQUEST", {
      field: "series",
      expected: `at most ${MAX_BUCKETS} buckets`,
      actual: count,
    });
  }
  return Array.from({ length: count }, (_, index) => {
    const start = first + index * width;
    const end = start + width;
    return {
      start: new Date(start),
      end: new Date(end),
      from: new Date(Math.max(start, from)),
      to: new Date(Math.min(end, to)),
      partial: start < from || end > Math.min(to, now.getTime()),
    };
  });
}
