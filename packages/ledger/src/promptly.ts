import { AsyncLocalStorage } from "node:async_hooks";

const limits = new AsyncLocalStorage<number>();

/**
 * Does work on a ledger that somebody waits for. A statement of it that PostgreSQL leaves unanswered for `withinMs`, or
 * for the ledger's `answerMs` if that is less, fails, and its connection is given up; so does the wait for a connection.
 * Embedded ledgers always answer.
 */
export function promptly<Result>(work: () => Result, withinMs = Number.POSITIVE_INFINITY): Result {
  return limits.run(withinMs, work);
}

/** Milliseconds within which the work that is under way here wants its answers; `null` for work that can wait. */
export function promptWithin(): number | null {
  return limits.getStore() ?? null;
}
