import type { FactoryClient } from "@joulemint/app/client/FactoryClient";
import { fund } from "@joulemint/app/client/fund";
import { approvePayment } from "@joulemint/chain/approvePayment";
import { randomSalt } from "@joulemint/chain/randomSalt";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { sessionId } from "@joulemint/protocol/sessionId";
import { createWalletClient, type Hex, http, type LocalAccount } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";

/** A purchase that is paid for and approved; only its last transaction is still to be sent. */
export interface Purchase {
  readonly owner: LocalAccount;
  readonly session: Hex;
  /** Sends it, and does not wait for a block. Gives the transaction's hash. */
  send(): Promise<Hex>;
}

/** `credits` in millicredits. */
export async function preparePurchase(client: FactoryClient, credits: bigint): Promise<Purchase> {
  const { domain, card, reader } = client;
  const owner = privateKeyToAccount(generatePrivateKey());
  await fund(client, owner, 10_000_000n);
  await approvePayment(client.wallet(owner), domain, card.offering, credits);
  const salt = randomSalt();
  const writer = createWalletClient({ account: owner, chain: reader.chain, transport: http(card.rpc) });
  return {
    owner,
    session: sessionId({ offering: card.offeringId, owner: owner.address, signer: card.meteringKey, salt }),
    send: () =>
      writer.writeContract({
        address: domain.credits,
        abi: creditsAbi,
        functionName: "buyAndOpen",
        args: [offeringStruct(card.offering), card.meteringKey, salt, Number(credits)],
      }),
  };
}
