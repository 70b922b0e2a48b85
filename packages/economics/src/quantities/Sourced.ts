/** An input with its provenance: who said so, when, and how far it can be trusted. `Value` carries the unit in its type. */
export interface Sourced<Value> {
  readonly value: Value;
  /** As people write it: `USD/h`, `tok/s`, `W`. */
  readonly unit: string;
  /** A publication, a data file of this package or a measurement, such that a reader finds it. */
  readonly source: string;
  /** ISO 8601 date. */
  readonly asOf: string;
  /** `measured`: by whoever publishes it; `published`: a vendor's or author's figure; `quoted`: at second hand; `assumed`: by us. */
  readonly confidence: "measured" | "published" | "quoted" | "assumed";
  /** Lowest and highest that sources support. */
  readonly range?: readonly [low: Value, high: Value];
}
