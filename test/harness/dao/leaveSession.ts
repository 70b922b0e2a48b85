import { type Offering, offeringStruct } from "@joulemint/protocol/Offering";
import { type Address, zeroHash } from "viem";
import type { DeployedChain, Person } from "./deployedChain.ts";

/** Closes a consumer's session when its exit delay is over, without asking anybody; what is unused is paid back. */
export async function leaveSession(chain: DeployedChain, consumer: Person, offering: Offering, signer: Address) {
  const session = [offeringStruct(offering), signer, zeroHash] as const;
  await consumer.writeContractSync({ ...chain.credits, functionName: "requestClose", args: session });
  await chain.wait(offering.exitDelay);
  const closing = [...session, consumer.account.address, "0x"] as const;
  await consumer.writeContractSync({ ...chain.credits, functionName: "close", args: closing });
}
