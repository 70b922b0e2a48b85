import { Worker } from "node:worker_threads";
import type { TwinOptions } from "./TwinOptions.ts";

export interface TwinWorker {
  readonly url: string;
  /** Rejects when the thread fails or ends before `close` is called. Nobody has to listen. */
  readonly failed: Promise<never>;
  /** Ends the thread, and with it all that it was serving. */
  close(): Promise<void>;
}

/** The twin in a thread of its own, so that training and generation never hold up the caller's event loop. */
export async function startTwinWorker(options: TwinOptions): Promise<TwinWorker> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: options });
  let closing = false;
  // Listened to for ever: an `error` that nobody hears would end this process.
  const failed = new Promise<never>((_, reject) => {
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (!closing) reject(new Error(`the twin's thread ended with code ${code}`));
    });
  });
  failed.catch(() => {});
  const listening = new Promise<{ port: number }>((resolve) => worker.once("message", resolve));
  const { port } = await Promise.race([listening, failed]);
  return {
    url: `http://127.0.0.1:${port}`,
    failed,
    async close() {
      closing = true;
      await worker.terminate();
    },
  };
}
