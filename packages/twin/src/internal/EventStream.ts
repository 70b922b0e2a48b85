import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** A response of server-sent events. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #signal: AbortSignal;

  constructor(response: ServerResponse, signal: AbortSignal) {
    this.#response = response;
    this.#signal = signal;
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
  }

  /** Sends one event; resolves once a slow reader has caught up. */
  async send(data: object): Promise<void> {
    if (!this.#response.write(`data: ${JSON.stringify(data)}\n\n`)) {
      await once(this.#response, "drain", { signal: this.#signal });
    }
  }

  end(): void {
    this.#response.end("data: [DONE]\n\n");
  }
}
