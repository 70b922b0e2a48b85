import { type Joules, joules, type Seconds, type Watts } from "./units.ts";

/** The energy that a constant, or average, power uses in a time. */
export const energyUsed = (power: Watts, duration: Seconds): Joules => joules(power * duration);
