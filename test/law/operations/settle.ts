import { reconcile } from "@joulemint/ledger/reconcile";
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
  const { books, ledger } = world;
  const [sent, { difference }] = await Promise.all([world.settler.settleNow(), reconcile(ledger)]);
  if (difference !== "0") throw new Error(`during a settlement the books were off by ${difference}`);
  for (const { blockNumber } of sent) {
    if (blockNumber > world.minedBlock) world.minedBlock = blockNumber;
  }
  const settled = books.offerings.filter((offering) => {
    const due = books.sessionsOf(offering).flatMap((session) => {
      const cumulative = session.terms.consumerSigned ? session.voucher : session.charged;
      return session.live && session.used < session.cap && cumulative > session.used ? [{ session, cumulative }] : [];
    });
    for (const { session, cumulative } of due) session.settle(cumulative, session.signer);
    if (due.length > 0) books.release(offering);
    return due.length > 0;
  });
  const expected = settled.map(({ id }) => id).sort();
  const actual = sent.map(({ offering }) => offering).sort();
  if (String(expected) !== String(actual)) throw new Error(`settled ${actual}, but due was ${expected}`);
  return settled.length > 0;
}
