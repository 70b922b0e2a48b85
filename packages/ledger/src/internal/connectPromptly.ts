import type { Pool, PoolClient } from "pg";
import { promptWithin } from "../promptly.ts";

/** As `limitAnswers`, for the wait for one of the pool's few connections. One that comes too late goes back. */
export async function connectPromptly(pool: Pool): Promise<PoolClient> {
  const ms = promptWithin();
  const connecting = pool.connect();
  if (ms === null || ms === Number.POSITIVE_INFINITY) return connecting;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    connecting.then((client) => client.release()).catch(() => {});
    late.reject(new Error(`PostgreSQL had no connection within ${ms} ms`));
  }, ms);
  return Promise.race([connecting, late.promise]).finally(() => clearTimeout(timer));
}
