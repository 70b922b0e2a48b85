import type { RawBuilder } from "kysely";

/** Two sources of the same quantity that do not agree. `difference` is the sum of the absolute differences. */
export interface Discrepancy {
  readonly bucket: string;
  /** `null` where the quantity belongs to a model or to the log as a whole. */
  readonly offering: string | null;
  readonly expected: string;
  readonly actual: string;
  readonly difference: bigint;
}

/** A query that gives one row for each discrepancy, and none when all is well. */
export type Check = RawBuilder<Discrepancy>;
