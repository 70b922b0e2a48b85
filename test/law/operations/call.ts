import type { SessionBook } from "../books/SessionBook.ts";
import type { Script } from "../world/Script.ts";
import type { World } from "../world/startWorld.ts";
import { chargeOf, errorCode, expectRefusal, holdOf, limitOf, post, requestOf, smallScript } from "./chat.ts";
import { session } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** One answer in one piece. */
export const call: Operation = {
  kind: "call",
  weight: 10,
  run: (world) => callSome(world, smallScript(world), false),
};

/** Streamed to its end. */
export const stream: Operation = {
  kind: "stream",
  weight: 6,
  run: (world) => callSome(world, smallScript(world), true),
};

/**
 * The inference server counts more than the hold was made for. More of the prompt comes from what is available, as far as
 * it goes; output beyond the caller's limit is nobody's to pay.
 */
export const overrun: Operation = {
  kind: "call beyond its hold",
  weight: 3,
  run(world) {
    const { random } = world;
    const excess = { prompt: random.between(500, 8_000), output: random.between(50, 800) };
    return callSome(world, { ...smallScript(world), cached: 0, ...excess }, random.chance(0.5));
  },
};

/** An inference server that refuses is nobody's cost. */
export const failedCall: Operation = {
  kind: "call that fails upstream",
  weight: 2,
  async run(world) {
    await world.indexed();
    const chosen = callable(world);
    if (chosen === null) return null;
    const request = requestOf(chosen, smallScript(world, "refuse"), world.random.chance(0.5));
    const refused = chosen.refuseCall(holdOf(chosen, request));
    await expectRefusal(await post(world, chosen, request), refused ?? "UPSTREAM_ERROR");
    return refused === null;
  },
};

/** A stream whose inference server dies is charged for what it produced until then. */
export const brokenStream: Operation = {
  kind: "stream that breaks",
  weight: 2,
  run: (world) => callSome(world, smallScript(world, "break"), true),
};

/** A session to call with: one that has a key, or can get one; mostly one that would be served. */
export function callable(world: World): SessionBook | null {
  const chosen = session(world, (candidate) => candidate.refuseCall(100_000n) === null);
  return chosen === null || (chosen.apiKey === null && chosen.state !== "open") ? null : chosen;
}

async function callSome(world: World, script: Script, streamed: boolean): Promise<boolean | null> {
  await world.indexed();
  const chosen = callable(world);
  if (chosen === null) return null;
  const request = requestOf(chosen, script, streamed);
  const hold = holdOf(chosen, request);
  const refused = chosen.refuseCall(hold);
  const limit = limitOf(chosen, request);
  const response = await post(world, chosen, request);
  if (refused !== null) {
    await expectRefusal(response, refused);
    return false;
  }
  if (!response.ok) throw new Error(`a call that is paid for was refused: ${await errorCode(response)}`);
  await response.text();
  chosen.held += hold;
  chosen.capture(chargeOf(script, chosen.terms.offering.rateCard, limit), hold);
  return true;
}
