import type { ServerResponse } from "node:http";

/** Why a call was stopped before its upstream was done. */
export type StopReason = "disconnect" | "deadline" | "draining" | "fenced";

/**
 * What stops a call: its caller leaves, its time is over, the gateway is about to stop, or the gateway has lost the lease
 * under which the call's hold was placed. The first reason counts. A call that has to go on without its caller only
 * remembers that it left.
 */
export class CallAbort {
  readonly #controller = new AbortController();
  readonly #deadline: NodeJS.Timeout;
  readonly #response: ServerResponse;
  readonly #onClose: () => void;
  #left = false;

  constructor(response: ServerResponse, { deadlineMs, goesOn }: { deadlineMs: number; goesOn: boolean }) {
    this.#response = response;
    // `close` comes after a whole answer, too; `writableFinished` says that all of it was handed to the socket.
    this.#onClose = () => {
      if (response.writableFinished) return;
      this.#left = true;
      if (!goesOn) this.stop("disconnect");
    };
    response.on("close", this.#onClose);
    if (response.destroyed) this.stop("disconnect");
    this.#deadline = setTimeout(() => this.stop("deadline"), deadlineMs);
    this.#deadline.unref();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get reason(): StopReason | null {
    return this.signal.aborted ? this.signal.reason : null;
  }

  /** Whether the caller left while the call ran. */
  get left(): boolean {
    return this.#left;
  }

  stop(reason: StopReason): void {
    if (!this.signal.aborted) this.#controller.abort(reason);
  }

  dispose(): void {
    clearTimeout(this.#deadline);
    this.#response.off("close", this.#onClose);
  }
}
