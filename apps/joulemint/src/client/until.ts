import { setTimeout as sleep } from "node:timers/promises";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** Asks again and again until there is an answer; after `timeoutMs` fails with TIMED_OUT and what was waited for. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  { timeoutMs = 60_000, everyMs = 50 } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer) return answer;
    await sleep(everyMs);
  }
  throw new JoulemintError("TIMED_OUT", { what, timeoutMs });
}
