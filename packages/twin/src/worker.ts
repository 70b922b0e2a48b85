/** Entry of a worker thread: runs the twin of `workerData` and posts `{ port }` once it listens. */
import type { AddressInfo } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { createTwin } from "./createTwin.ts";
import type { TwinOptions } from "./TwinOptions.ts";

const { server } = await createTwin(workerData as TwinOptions);
parentPort?.postMessage({ port: (server.address() as AddressInfo).port });
