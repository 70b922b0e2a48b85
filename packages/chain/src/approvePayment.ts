import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import type { Domain } from "@joulemint/protocol/Domain";
import type { Offering } from "@joulemint/protocol/Offering";
import { erc20Abi } from "viem";
import type { Wallet } from "./Wallet.ts";

/** Lets `Credits` take what the credits cost, and nothing more. Gives the cost in base units of the payment token. */
export async function approvePayment(
  wallet: Wallet,
  domain: Domain,
  { paymentToken, pricePerMillion: price }: Offering,
  credits: bigint,
): Promise<bigint> {
  const cost = purchaseCost(millicredits(credits), pricePerMillion(price));
  await wallet.call(paymentToken, { abi: erc20Abi, functionName: "approve", args: [domain.credits, cost] });
  return cost;
}
