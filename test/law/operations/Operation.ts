import type { World } from "../world/startWorld.ts";

/** One kind of thing that somebody does. */
export interface Operation {
  readonly kind: string;
  /** How often it is chosen, compared with the others. */
  readonly weight: number;
  /**
   * Does it, writes it into the books, and fails when the outcome is not the one that the books foretell. `true`: done;
   * `false`: refused, as it had to be, or without effect; `null`: nothing to try it on, so it does not count.
   */
  run(world: World): Promise<boolean | null>;
}
