import type { Hash } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Hex } from "viem";
import { hexDigest } from "./salt.ts";

/**
 * Writes a stream to a caller, and knows what of it left: bytes count as delivered, and enter the hash, when the
 * operating system took them. A write is awaited before the next, so that a slow reader holds the upstream back instead
 * of filling memory.
 */
export class Delivery<Mark> {
  readonly #response: ServerResponse;
  readonly #head: Readonly<Record<string, string>>;
  readonly #hash: Hash;
  #mark: Mark;
  #pending = 0;
  #sealed = false;

  /** `head` holds the response's headers, sent with the first byte; `start` is the mark before it. */
  constructor(response: ServerResponse, head: Readonly<Record<string, string>>, hash: Hash, start: Mark) {
    this.#response = response;
    this.#head = head;
    this.#hash = hash;
    this.#mark = start;
  }

  /** The mark of the last bytes that left. */
  get mark(): Mark {
    return this.#mark;
  }

  get started(): boolean {
    return this.#response.headersSent;
  }

  /** Resolves when the bytes left, or when `patience` is over. */
  write(bytes: Buffer, mark: Mark, patience: AbortSignal): Promise<void> {
    const response = this.#response;
    if (response.destroyed) return Promise.resolve();
    if (!response.headersSent) {
      response.writeHead(200, this.#head);
      // Nagle's algorithm would hold back every small chunk for the acknowledgement of the one before.
      response.socket?.setNoDelay(true);
    }
    return new Promise((resolve) => {
      const settle = () => {
        patience.removeEventListener("abort", settle);
        resolve();
      };
      this.#pending++;
      response.write(bytes, (error) => {
        this.#pending--;
        if (!this.#sealed && (error === null || error === undefined)) {
          this.#hash.update(bytes);
          this.#mark = mark;
        }
        settle();
      });
      if (patience.aborted) settle();
      else patience.addEventListener("abort", settle);
    });
  }

  /** The hash of what left. Nothing counts any more that leaves later. */
  seal(): Hex {
    this.#sealed = true;
    return hexDigest(this.#hash);
  }

  /** Ends the response, or cuts it off if bytes are stuck. */
  end(): void {
    if (this.#pending > 0) this.#response.destroy();
    else if (!this.#response.destroyed) this.#response.end();
  }
}
