import { within } from "../internal/checked.ts";
import { type Fraction, type Joules, joules, type PlainNumber } from "../units.ts";

/** Where the electricity of a token factory goes, from the utility's meter to tokens. */
export interface EnergyFlow {
  /** Input: what the utility delivered. */
  readonly delivered: Joules;
  /** Losses of the building: cooling, conversion. */
  readonly building: Joules;
  /** Losses around the accelerators: CPU, network, storage, fans. */
  readonly host: Joules;
  /** The accelerators while nothing was scheduled on them. */
  readonly idle: Joules;
  /** Output: the accelerators while they made tokens. */
  readonly tokens: Joules;
}

/**
 * Follows energy through the layers: input (electricity), middle (machines and scheduler), output (tokens). What goes
 * in comes out: the last four sum to `delivered`. `pue` as in `facilityEnergy`; `gpuShare` of IT energy is the
 * accelerators', `busyShare` of that was drawn while they worked. Throws `RangeError` for a PUE below 1 or a share
 * outside of 0 to 1.
 */
export function energyFlow(
  delivered: Joules,
  {
    pue,
    gpuShare,
    busyShare,
  }: { readonly pue: PlainNumber; readonly gpuShare: Fraction; readonly busyShare: Fraction },
): EnergyFlow {
  const it = delivered / within(pue, 1, 1e3, "PUE");
  const gpu = it * within(gpuShare, 0, 1, "GPU share");
  const tokens = gpu * within(busyShare, 0, 1, "busy share");
  return {
    delivered,
    building: joules(delivered - it),
    host: joules(it - gpu),
    idle: joules(gpu - tokens),
    tokens: joules(tokens),
  };
}
