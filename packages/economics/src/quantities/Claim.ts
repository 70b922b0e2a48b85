import type { PlainNumber } from "../units.ts";
/** A figure that somebody published, and how it follows from other figures. */
export interface Claim<Input extends string = string> {
  readonly id: string;
  /** Who said it, where and when. */
  readonly source: string;
  readonly statement: string;
  /** The published figure in `unit`; `null` where only its inputs were published. */
  readonly stated: number | null;
  readonly unit: string;
  /** How far the published figure may be off by rounding, as a share of it; 0 for an exact one. */
  readonly tolerance: PlainNumber;
  /** What the figure is computed from; `null` is what the publication does not say. */
  readonly inputs: Readonly<Record<Input, number | null>>;
  /** What the inputs that the publication leaves out are in, for whoever assumes them. */
  readonly inputUnits?: Readonly<Partial<Record<Input, string>>>;
  compute(inputs: Readonly<Record<Input, number>>): number;
  /** What else a reader has to know before the figure means anything, and is not told. */
  readonly unstated?: readonly string[];
  /** Why the figures differ, for those that do. */
  readonly cause?: { readonly code: string; readonly message: string };
}

/** Infers the names of the inputs, so that `compute` cannot use one that does not exist. */
export const claim = <Input extends string>(value: Claim<Input>): Claim<Input> => value;
