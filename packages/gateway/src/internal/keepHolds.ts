import type { Holds } from "@joulemint/ledger/holds";
import type { Logger } from "../Logger.ts";

/** Gives back, from time to time, what gateways that died had on hold. */
export interface HoldKeeper {
  /** Stops, after the sweep that is under way. */
  close(): Promise<void>;
}

const SWEEP_EVERY_MS = 2_000;
const SWEEPS_PER_LEASE = 2;

/** `onFenced` is called when a sweep found that another gateway is gone. */
export function keepHolds(options: {
  readonly holds: Holds;
  readonly logger: Logger;
  /** Milliseconds. A shorter lease is swept more often, so that what is lost comes back as soon. */
  readonly leaseMs: number;
  onFenced(): void;
}): HoldKeeper {
  const { holds, logger, onFenced } = options;
  let sweeping: Promise<void> | null = null;

  const sweep = async (): Promise<void> => {
    try {
      const { fenced, expired } = await holds.sweep();
      if (fenced.length === 0 && expired === 0) return;
      logger.warn("Holds that nobody would have ended were given back.", { fenced: fenced.map(String), expired });
      if (fenced.length > 0) onFenced();
    } catch (error) {
      logger.warn("Expired holds could not be given back.", { error: String(error) });
    }
  };
  const timer = setInterval(
    () => {
      sweeping ??= sweep().finally(() => {
        sweeping = null;
      });
    },
    Math.min(SWEEP_EVERY_MS, options.leaseMs / SWEEPS_PER_LEASE),
  );
  timer.unref();

  return {
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
