import type { SessionBook } from "../books/SessionBook.ts";
import { bookSettlements } from "../chain/bookSettlements.ts";
import { Fuse } from "../world/Fuse.ts";
import type { World } from "../world/startWorld.ts";
import { buySession } from "./buyAndOpen.ts";
import { adoptCalls, type CallAtRisk, holdsOf, riskCall } from "./callsAtRisk.ts";
import { apiKeyOf, requestOf, smallScript } from "./chat.ts";
import { purchaseSize, session } from "./choose.ts";
import type { Operation } from "./Operation.ts";
import { replaceBlocks, settledAgain } from "./reorg.ts";

/** What else is in flight: of the factory, which dies with it, or on the chain, which does not. */
const meanwhile: readonly {
  weight: number;
  ofFactory?: (world: World) => Promise<unknown>;
  onChain?: (world: World) => Promise<unknown>;
}[] = [
  { weight: 3 },
  { weight: 3, ofFactory: ({ factory }) => factory.settler.settleNow() },
  { weight: 2, onChain: (world) => buySession(world, purchaseSize(world)) },
  { weight: 1, onChain: (world) => replaceBlocks(world) },
];

/** Await points until the end: a call has a dozen, a settlement thirty. */
const MOST_POINTS = 50;

/**
 * The factory loses its memory at a seeded await point, with calls, streams and settlements in flight, and starts again
 * on what is in the ledger and on the chain. Sometimes it dies once more on its way.
 */
export const crash: Operation = {
  kind: "crash",
  weight: 3,
  async run(world) {
    await world.indexed();
    const { random, factory } = world;
    const calls = await chooseCalls(world);
    const before = await holdsOf(world, calls);
    factory.fuse.arm(random.between(1, MOST_POINTS), random.chance(0.5));
    const { ofFactory, onChain } = random.weighted(meanwhile);
    const running = calls.map((call) => riskCall(world, call));
    const chainWork = onChain?.(world);
    const acting = Promise.all([ofFactory?.(world), chainWork?.then(() => world.indexed())]).catch((error: unknown) => {
      if (!factory.fuse.isBlown) throw error;
    });
    await Promise.race([factory.fuse.blown, Promise.all([...running, acting])]);
    world.saw(factory.fuse.isBlown ? "crash with work in flight" : "crash at rest", 1);
    await factory.fuse.end();
    const answers = await Promise.all(running);
    await chainWork;

    const again = new Fuse();
    if (random.chance(0.25)) again.arm(random.between(1, MOST_POINTS / 2), random.chance(0.5));
    await bookSettlements(world);
    const dropped = random.chance(0.2) ? await replaceBlocks(world, true) : null;
    if (dropped !== null) world.saw("reorg while the factory was down", 1);
    await world.restart(again);
    if (again.isBlown) world.saw("crash on the way up", 1);
    await adoptCalls(world, calls, answers, before);
    await settledAgain(world, true);
    return true;
  },
};

/** Up to three sessions with up to three calls each. */
async function chooseCalls(world: World): Promise<CallAtRisk[]> {
  const { random } = world;
  const chosen = new Set<SessionBook>();
  for (let tries = random.between(1, 3); tries > 0; tries--) {
    const candidate = session(world, (good) => good.refuseCall(100_000n) === null);
    if (candidate?.state === "open") chosen.add(candidate);
  }
  const calls: CallAtRisk[] = [];
  for (const session of chosen) {
    await apiKeyOf(world, session);
    const script = smallScript(world, random.pick(["finish", "finish", "wait", "break"] as const));
    const streamed = script.end !== "finish" || random.chance(0.5);
    const request = requestOf(session, script, streamed);
    for (let count = random.between(1, 3); count > 0; count--) calls.push({ session, script, request });
  }
  return calls;
}
