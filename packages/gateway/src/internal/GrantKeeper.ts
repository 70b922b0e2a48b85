import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import type { OutputGrant, Piece } from "./OutputGrant.ts";

/** Enlarges a hold; tells by how much, in millicredits. 0 when nothing is free. */
export type Extend = (piece: Piece) => Promise<bigint>;

/**
 * Keeps a stream's hold ahead of what the stream produces: asks early and does not wait, so that a stream stands still
 * only where production is faster than the ledger's answer.
 */
export class GrantKeeper {
  readonly #grant: OutputGrant;
  readonly #extend: Extend;
  #asking: Promise<void> | null = null;
  #lost: { readonly error: unknown } | null = null;

  constructor(grant: OutputGrant, extend: Extend) {
    this.#grant = grant;
    this.#extend = extend;
  }

  /** Asks for the next piece if it is time, and does not wait for it. One question at a time. */
  tend(): void {
    const piece = this.#asking === null && this.#lost === null ? this.#grant.wanted : null;
    if (piece === null) return;
    this.#asking = this.#ask(piece).catch((error: unknown) => {
      // A ledger that is away ahead of need may be back when it is needed.
      if (!isJoulemintError(error, "LEDGER_UNAVAILABLE")) this.#lost = { error };
    });
  }

  /** Why the hold is not the call's any more, once that is known. */
  get lost(): { readonly error: unknown } | null {
    return this.#lost;
  }

  /**
   * Whether the hold pays for more than was produced. Waits for the answers that are due; says no only to an answer
   * that was asked when the grant was used up. Throws what `extend` throws, unless `stopped` aborts meanwhile.
   */
  async more(stopped: AbortSignal): Promise<boolean> {
    await unless(stopped, this.#asking);
    if (this.#lost !== null) throw this.#lost.error;
    const piece = this.#grant.usedUp && !stopped.aborted ? this.#grant.wanted : null;
    if (piece !== null) await unless(stopped, this.#ask(piece));
    return !this.#grant.usedUp;
  }

  async #ask(piece: Piece): Promise<void> {
    try {
      this.#grant.add(await this.#extend(piece));
    } finally {
      this.#asking = null;
    }
  }
}

/** Waits for the work, or until the signal aborts; then it no longer matters what becomes of the work. */
async function unless(signal: AbortSignal, work: Promise<void> | null): Promise<void> {
  if (work === null || signal.aborted) return;
  const stopped = Promise.withResolvers<void>();
  const stop = () => stopped.resolve();
  signal.addEventListener("abort", stop);
  try {
    await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener("abort", stop);
    work.catch(() => {});
  }
}
