import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringId, offeringStruct, offeringTypedData } from "@joulemint/protocol/Offering";
import type { Hex, LocalAccount } from "viem";
import type { Wallet } from "./Wallet.ts";

/** Registers an offering: the model's owner sends it, with the operator's signature. Gives the offering's id. */
export async function registerOffering(
  modelOwner: Wallet,
  operator: LocalAccount,
  offering: Offering,
  domain: Domain,
): Promise<Hex> {
  const operatorSignature = await operator.signTypedData(offeringTypedData(offering, domain));
  await modelOwner.call(domain.credits, {
    abi: creditsAbi,
    functionName: "register",
    args: [offeringStruct(offering), operatorSignature],
  });
  return offeringId(offering);
}
