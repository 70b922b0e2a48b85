import { RandomSource } from "../../law/RandomSource.ts";

export interface PlannedCall {
  /** Which gateway is asked. */
  readonly gateway: number;
  readonly stream: boolean;
  readonly thinkMs: number;
  readonly lingerMs: number;
  /** When the caller leaves, after it asked; `null`: it stays to the end. */
  readonly leaveMs: number | null;
}

export type Disturbance = {
  readonly atMs: number;
} & (
  | { readonly kind: "kill"; readonly gateway: number }
  /** Stops the process for longer than its lease, then lets it go on. */
  | { readonly kind: "freeze"; readonly gateway: number }
  /** The time to live of all open holds of the session is over. */
  | { readonly kind: "expire" }
);

export interface SeedPlan {
  readonly seed: number;
  readonly calls: readonly PlannedCall[];
  readonly disturbances: readonly Disturbance[];
}

const CALLS = 100;

/** What happens to one session in a seed: all that is chosen, but not how the processes race. */
export function planSeed(seed: number, gateways: number): SeedPlan {
  const random = new RandomSource(seed);
  const calls = Array.from({ length: CALLS }, (): PlannedCall => {
    const [thinkMs, lingerMs] = [random.between(0, 40), random.between(0, 20)];
    return {
      gateway: random.between(0, gateways - 1),
      stream: random.chance(0.5),
      thinkMs,
      lingerMs,
      leaveMs: random.chance(0.2) ? random.between(0, thinkMs + lingerMs + 10) : null,
    };
  });
  const disturbances: Disturbance[] = [];
  if (random.chance(0.12)) {
    disturbances.push({ kind: "kill", gateway: random.between(0, gateways - 1), atMs: random.between(0, 80) });
  }
  if (random.chance(0.08)) {
    disturbances.push({ kind: "freeze", gateway: random.between(0, gateways - 1), atMs: random.between(0, 80) });
  }
  if (random.chance(0.4)) disturbances.push({ kind: "expire", atMs: random.between(10, 80) });
  return { seed, calls, disturbances };
}
