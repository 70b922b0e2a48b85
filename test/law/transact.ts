import { refusal } from "@joulemint/chain/refusal";
import { type ChainEvent, decodeChainEvent } from "@joulemint/protocol/chainEvents";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { offeringStruct } from "@joulemint/protocol/Offering";
import type { Address, EncodeFunctionDataParameters } from "viem";
import type { OfferingBook } from "./books/OfferingBook.ts";
import type { Party } from "./world/Party.ts";
import type { World } from "./world/startWorld.ts";

/**
 * Sends a transaction whose fate the books foretell: `refused` is the name of the contract's error, `null` when it must go
 * through. Gives the events of one that was mined, `null` for one that was refused; fails when the chain disagrees.
 */
export async function transact(
  world: World,
  sender: Party,
  to: Address,
  call: EncodeFunctionDataParameters,
  refused: string | null,
): Promise<ChainEvent[] | null> {
  try {
    const { blockNumber, logs } = await sender.wallet.call(to, call);
    world.minedBlock = blockNumber;
    if (refused !== null) throw new Error(`${call.functionName} should have been refused with ${refused}`);
    return logs.map(decodeChainEvent).filter((event) => event !== null);
  } catch (error) {
    if (!isJoulemintError(error, "TRANSACTION_FAILED")) throw error;
    const reason = refusal(error);
    if (refused !== null && reason.includes(refused)) return null;
    throw new Error(`${call.functionName}: expected ${refused ?? "success"}, but the chain said: ${reason}`);
  }
}

/** A function of `Credits` that takes the offering first. */
export function transactCredits(
  world: World,
  sender: Party,
  functionName: string,
  offering: OfferingBook,
  args: readonly unknown[],
  refused: string | null,
): Promise<ChainEvent[] | null> {
  const call = { abi: creditsAbi, functionName, args: [offeringStruct(offering.terms), ...args] };
  return transact(world, sender, world.domain.credits, call as EncodeFunctionDataParameters, refused);
}
