import { type Offering, offeringStruct, offeringTypedData } from "@joulemint/protocol/Offering";
import type { DeployedChain, Person } from "./deployedChain.ts";
import { type Call, callOf } from "./launchModel.ts";

/** What the owner of a model calls to register an offering that the operator has signed. */
export async function registration(chain: DeployedChain, operator: Person, offering: Offering): Promise<Call> {
  const signature = await operator.signTypedData(offeringTypedData(offering, chain.domain));
  return callOf({ ...chain.credits, functionName: "register", args: [offeringStruct(offering), signature] });
}
