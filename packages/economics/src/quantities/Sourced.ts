import type { Boundary } from "../cost/Boundary.ts";
import type { Finding } from "./Finding.ts";
import type { OperatingPoint } from "./OperatingPoint.ts";

/** From the surest down. `measured`: by whoever publishes it; `published`: a vendor's or author's figure; `quoted`: at second hand; `assumed`: by us. */
export const CONFIDENCES = ["measured", "published", "quoted", "assumed"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** An input with its provenance: who said so, when, and how far it can be trusted. `Value` carries the unit in its type. */
export interface Sourced<Value> {
  readonly value: Value;
  /** As people write it: `USD/h`, `tok/s`, `W`. */
  readonly unit: string;
  /** A publication, a data file of this package or a measurement, such that a reader finds it. */
  readonly source: string;
  /** ISO 8601 date: a year, a month or a day. */
  readonly asOf: string;
  readonly confidence: Confidence;
  /** Lowest and highest that sources support; `value` lies between them. */
  readonly range?: readonly [low: Value, high: Value];
  /** What a power or an energy was measured around; absent or `null` for other quantities, and if nobody says. */
  readonly boundary?: Boundary | null;
  /** What a throughput or a speed holds for; absent or `null` for other quantities, and if nobody says. */
  readonly operatingPoint?: OperatingPoint | null;
  readonly findings?: readonly Finding[];
}
