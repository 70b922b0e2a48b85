import type { Closing } from "./Closing.ts";

const signals = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

/** On the first signal to end, stops what was started and ends the process with `status`. A start under way ends first. */
export function closeOnSignal(closing: Closing, started: Promise<unknown>, status: number): void {
  const stop = async (): Promise<void> => {
    if (closing.stopping) return;
    closing.stopStarting();
    process.stderr.write("Stopping: calls in flight end first ...\n");
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
