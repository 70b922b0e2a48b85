import type { PoolClient } from "pg";
import { promptWithin } from "../promptly.ts";

/** No export and no reconciliation takes so long for one statement: its connection is dead. */
const PATIENCE_MS = 600_000;

/**
 * Ends a connection that leaves a statement unanswered: at once for what is done `promptly`, and after ten minutes for
 * all else. A network that fails silently tells of it by nothing but silence.
 */
export function limitAnswers(client: PoolClient, answerMs: number): void {
  const ask = client.query.bind(client) as (...question: unknown[]) => Promise<unknown>;
  const limited = async (...question: unknown[]): Promise<unknown> => {
    const prompt = promptWithin();
    const ms = prompt === null ? PATIENCE_MS : Math.min(answerMs, prompt);
    let silent = false;
    const timer = setTimeout(() => {
      silent = true;
      // In the middle of a statement this closes the socket, and the pool takes no such connection back.
      void (client as unknown as { end(): Promise<void> }).end();
    }, ms);
    try {
      return await ask(...question);
    } catch (error) {
      throw silent ? new Error(`PostgreSQL did not answer within ${ms} ms`, { cause: error }) : error;
    } finally {
      clearTimeout(timer);
    }
  };
  client.query = limited as PoolClient["query"];
}
