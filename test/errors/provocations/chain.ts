import { buy } from "@joulemint/chain/buy";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { Provocation } from "../Provocation.ts";

/** What a wallet meets on chain. */
export const chainProvocations: readonly Provocation[] = [
  {
    code: "TRANSACTION_FAILED",
    surface: "contract",
    async provoke({ factory: { client } }) {
      const pauper = client.wallet(privateKeyToAccount(generatePrivateKey()));
      const refused = await buy(pauper, client.domain, client.card.offering, { credits: 1_000_000n }).catch(
        (error) => error,
      );
      return { code: isJoulemintError(refused) ? refused.code : undefined };
    },
  },
];
