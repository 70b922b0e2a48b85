import { reconcile } from "@joulemint/ledger/reconcile";
import { bookSettlements } from "../chain/bookSettlements.ts";
import type { World } from "../world/startWorld.ts";
import type { Operation } from "./Operation.ts";

/** The settler brings everything that was charged, and that a voucher stands for, on chain, and releases its revenue. */
export const settle: Operation = {
  kind: "settle",
  weight: 5,
  run: settleAll,
};

export async function settleAll(world: World): Promise<boolean> {
  await world.indexed();
  const { books, ledger, random, factory } = world;
  await bookSettlements(world);
  const due = books.offerings.filter((offering) => books.sessionsOf(offering).some((session) => session.due > 0n));
  const meanwhile = random.chance(0.2) ? reconcile(ledger) : Promise.resolve({ difference: "0" });
  const [, { difference }] = await Promise.all([factory.settler.settleNow(), meanwhile]);
  if (difference !== "0") throw new Error(`during a settlement the books were off by ${difference}`);
  const settled = await bookSettlements(world);
  const [expected, actual] = [due.map(({ id }) => id).sort(), settled.sort()];
  if (String(expected) !== String(actual)) throw new Error(`settled ${actual}, but due was ${expected}`);
  expectNothingDue(world);
  return settled.length > 0;
}

/** Fails when something that can be collected was left behind; `complaints` are the settler's own. */
export function expectNothingDue({ books }: World, complaints: readonly string[] = []): void {
  for (const { terms, due } of books.sessions.values()) {
    if (due > 0n) throw new Error([`${due} of ${terms.id} is not settled`, ...complaints].join("\n"));
  }
}
