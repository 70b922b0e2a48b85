import { setTimeout as sleep } from "node:timers/promises";
import { parseTransaction } from "viem";
import { bookSettlements } from "../chain/bookSettlements.ts";
import type { Deed } from "../chain/Chronicle.ts";
import { mine } from "../chain/perform.ts";
import type { World } from "../world/startWorld.ts";
import type { Operation } from "./Operation.ts";
import { expectNothingDue } from "./settle.ts";

/**
 * The chain replaces its newest blocks. Of the transactions in them, all, some or none are mined again; the books follow
 * the chain, the ledger has to follow too, and the settler has to send again by itself what it lost.
 */
export const reorg: Operation = {
  kind: "reorg",
  weight: 4,
  async run(world) {
    const { random } = world;
    // What the indexer never saw can be dropped as well.
    if (random.chance(0.8)) await world.indexed();
    const reorgs = [await replaceBlocks(world)];
    while (random.chance(0.25)) reorgs.push(await replaceBlocks(world));
    const dropped = reorgs.filter((settlements) => settlements !== null);
    await settledAgain(
      world,
      dropped.some((settlements) => settlements > 0),
    );
    return dropped.length > 0 ? true : null;
  },
};

/**
 * How many settlements were dropped; `null` where nothing was mined since the start. `late`: what a factory sent before it
 * went down may be mined at any time.
 */
export async function replaceBlocks(world: World, late = false): Promise<number | null> {
  const { chain, chronicle, random, books } = world;
  const settled = await bookSettlements(world);
  if (settled.length > 0 && !late) throw new Error("a settlement that nobody waited for");
  const { number: old } = await chain.head();
  const depth = random.weighted([
    { weight: 4, blocks: 1 },
    { weight: 4, blocks: random.between(2, 6) },
    { weight: 2, blocks: random.between(7, 30) },
    { weight: 0.5, blocks: random.between(31, 100) },
  ]).blocks;
  const ancestor = old - BigInt(depth) < chronicle.start ? chronicle.start : old - BigInt(depth);
  if (ancestor === old) return null;

  const mined = [...books.sessions.values()].filter(({ slot }) => slot !== null);
  await chain.rollBack(ancestor);
  const { deeds, settlements } = chronicle.rewind(ancestor);
  const suspended = mined.filter(({ slot }) => slot === null);
  if (settlements > 0) world.saw("settlement dropped", settlements);
  const share = random.pick([0, 0.5, 1]);
  for (const deed of deeds) if (random.chance(share)) await mineAgain(world, deed);
  const restored = suspended.filter(({ slot }) => slot !== null).length;
  world.saw("session suspended", suspended.length - restored);
  world.saw("dropped session mined again at once", restored);
  // Mostly the new branch is the longer one; a shorter one looks like a node that lags, until it does not catch up.
  const { number: now } = await chain.head();
  const target = random.weighted([
    { weight: 8, block: old + 1n },
    { weight: 1, block: old - 1n },
    { weight: 1, block: ancestor },
  ]).block;
  if (now < target) await chain.mine(target - now);
  return settlements;
}

/** The same transaction, unless an earlier one of its sender is lost: then it can never be mined. */
async function mineAgain(world: World, deed: Deed): Promise<void> {
  const { address } = deed.act.sender;
  if ((await world.chain.nonceOf(address)) !== parseTransaction(deed.signed).nonce) return;
  if (!(await mine(world, deed))) world.saw("dropped transaction reverts when mined again", 1);
}

const PATIENCE_MS = 5_000;

/** Until the ledger has the new branch, and the settler is done with it: unasked, where it lost a settlement. */
export async function settledAgain(world: World, unasked: boolean): Promise<void> {
  const { books, factory } = world;
  await world.indexed();
  await forgetUnseen(world);
  const deadline = performance.now() + PATIENCE_MS;
  const due = () => [...books.sessions.values()].some((session) => session.due > 0n);
  while (unasked) {
    const settled = await bookSettlements(world);
    world.saw("settled again, unasked", settled.length);
    if (!due()) break;
    if (performance.now() > deadline) expectNothingDue(world, factory.complaints);
    await sleep(3);
  }
  // It may still be looking whether there is more to do.
  await factory.settler.settleNow();
  await bookSettlements(world);
  expectNothingDue(world);
}

/** The ledger knows nothing of a session that was opened and dropped between two looks of the indexer. */
async function forgetUnseen({ ledger, books }: World): Promise<void> {
  const suspended = [...books.sessions.values()].filter(({ slot }) => slot === null).map(({ terms }) => terms.id);
  if (suspended.length === 0) return;
  const meters = await ledger.db.selectFrom("meter").select("session").where("session", "in", suspended).execute();
  const seen = new Set<string>(meters.map(({ session }) => session));
  for (const id of suspended) {
    if (seen.has(id)) continue;
    if (books.sessions.get(id)?.receipts !== 0) throw new Error(`the ledger has lost the meter of ${id}`);
    books.sessions.delete(id);
  }
}
