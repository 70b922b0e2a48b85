import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { TwinOptions } from "./TwinOptions.ts";

export interface TwinWorker {
  readonly url: string;
  /** Ends the thread, and with it all that it was serving. */
  close(): Promise<void>;
}

/** The twin in a thread of its own, so that training and generation never hold up the caller's event loop. */
export async function startTwinWorker(options: TwinOptions): Promise<TwinWorker> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: options });
  // `once` rejects with the worker's own error if it fails to start.
  const [{ port }] = (await once(worker, "message")) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await worker.terminate();
    },
  };
}
