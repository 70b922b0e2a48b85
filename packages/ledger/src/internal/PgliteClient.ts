import { Worker } from "node:worker_threads";
import type { PgliteSource } from "./createPglite.ts";
import type { PgliteReply, PgliteRequest } from "./pgliteMessages.ts";

type Answer = Extract<PgliteReply, { rows: object[] }>;
interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** The near end of the thread that runs PGlite. */
export class PgliteClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #end: Error | null = null;

  constructor(source: PgliteSource) {
    this.#worker = new Worker(new URL("./pgliteWorker.ts", import.meta.url), { workerData: source });
    this.#worker.on("message", (reply: PgliteReply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on("exit", (code) => this.#fail(new Error(`the database thread ended with code ${code}`)));
  }

  query(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    return this.#send(sql, parameters);
  }

  async close(): Promise<void> {
    if (this.#end === null) await this.#send(null, []);
    await this.#worker.terminate();
  }

  #send(sql: string | null, parameters: readonly unknown[]): Promise<Answer> {
    if (this.#end !== null) return Promise.reject(this.#end);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, sql, parameters } satisfies PgliteRequest);
    });
  }

  #settle(reply: PgliteReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("error" in reply) waiting?.reject(Object.assign(new Error(reply.error.message), { code: reply.error.code }));
    else waiting?.resolve(reply);
  }

  #fail(error: Error): void {
    this.#end ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#end);
    this.#waiting.clear();
  }
}
