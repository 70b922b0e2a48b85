import type { Closing } from "./Closing.ts";

const signals = ["SIGHUP", "SIGINT", "SIGTERM"] as const;
/** A terminal and npm both hand on the same Ctrl-C. */
const DOUBLE_MS = 500;

/**
 * On the first signal to end, stops what was started and ends the process with `status`. A start under way ends first. A
 * second one from a terminal ends it as it is: a crash loses nothing.
 */
export function closeOnSignal(closing: Closing, started: Promise<unknown>, status: number): void {
  let stoppedAt = 0;
  const stop = async (signal?: NodeJS.Signals): Promise<void> => {
    if (closing.stopping) {
      if (signal === "SIGINT" && performance.now() - stoppedAt > DOUBLE_MS) process.exit(130);
      return;
    }
    stoppedAt = performance.now();
    closing.stopStarting();
    process.stderr.write("Stopping: calls in flight end first; once more ends it at once ...\n");
    try {
      await started.catch(() => {});
      await closing.close();
      process.exit(status);
    } catch (error) {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    }
  };
  for (const signal of signals) process.on(signal, stop);
  // A shell between npm and this process keeps a signal to npm to itself: when it goes, so do we.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) {
    setInterval(() => process.ppid === parent || stop(), 500).unref();
  }
}
