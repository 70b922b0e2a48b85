import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { type EncodeFunctionDataParameters, encodeFunctionData } from "viem";
import type { OfferingBook } from "../books/OfferingBook.ts";
import type { World } from "../world/startWorld.ts";
import type { Act } from "./Act.ts";
import { bookSettlements } from "./bookSettlements.ts";
import type { Deed } from "./Chronicle.ts";

/**
 * Sends a transaction whose fate the books foretell. `true`: mined, and in the books; `false`: refused, as it had to be.
 * Fails when the chain disagrees.
 */
export async function perform(world: World, act: Act): Promise<boolean> {
  const { chain } = world;
  const now = (await chain.head()).timestamp + 1n;
  const refused = act.refusal(now);
  const message = { to: act.to, data: encodeFunctionData(act.call) };
  if (refused === null) return mine(world, { act, signed: await chain.sign(act.sender.account, message) });
  const reason = await chain.refusal(act.sender.address, message, now);
  if (reason?.includes(refused)) return false;
  throw new Error(`${act.call.functionName}: expected ${refused}, but the chain said: ${reason ?? "success"}`);
}

/** Mines a signed transaction, for the first time or again after a reorg; `false` when it reverts, as it then has to. */
export async function mine(world: World, deed: Deed): Promise<boolean> {
  const { chain, chronicle } = world;
  const { act, signed } = deed;
  const now = (await chain.head()).timestamp + 1n;
  const refused = act.refusal(now);
  const { block, succeeded, events } = await chain.send(signed);
  // What the settler sent meanwhile came first.
  await bookSettlements(world, block - 1n);
  if (succeeded !== (refused === null)) {
    const message = { to: act.to, data: encodeFunctionData(act.call) };
    const reason = await chain.refusal(act.sender.address, message, now, block - 1n);
    throw new Error(`${act.call.functionName}: expected ${refused ?? "success"}, mined: ${reason ?? "success"}`);
  }
  if (succeeded) act.book(events);
  chronicle.record(block, deed);
  return succeeded;
}

/** The call of a function of `Credits` that takes the offering first. */
export function creditsCall(
  world: World,
  functionName: string,
  offering: OfferingBook,
  args: readonly unknown[],
): Pick<Act, "to" | "call"> {
  const call = { abi: creditsAbi, functionName, args: [offeringStruct(offering.terms), ...args] };
  return { to: world.domain.credits, call: call as EncodeFunctionDataParameters };
}
