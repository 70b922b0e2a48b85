import type { FactoryClient } from "./FactoryClient.ts";
import { until } from "./until.ts";

/** A receipt from the call to the claim, as GraphQL tells it. Amounts are decimal strings of the smallest unit. */
export interface FollowedReceipt {
  receiptId: string;
  hash: string;
  charge: { raw: string };
  usageEvent: { tokens: Record<"input" | "cachedInput" | "output" | "reasoning", string>; joules: string | null };
  settlement: {
    transactionHash: string;
    blockNumber: string;
    consumed: { raw: string };
    release: {
      transactionHash: string;
      amount: { raw: string };
      holders: { raw: string };
      treasury: { raw: string };
      operator: { raw: string };
      claims: { nodes: { role: string; account: string; amount: { raw: string }; transactionHash: string }[] };
    } | null;
  } | null;
}

const query = `query ($id: ID!) {
  receipt(id: $id) {
    receiptId hash charge { raw }
    usageEvent { tokens { input cachedInput output reasoning } joules }
    settlement {
      transactionHash blockNumber consumed { raw }
      release {
        transactionHash amount { raw } holders { raw } treasury { raw } operator { raw }
        claims { nodes { role account amount { raw } transactionHash } }
      }
    }
  }
}`;

export async function followReceipt(client: FactoryClient, id: string): Promise<FollowedReceipt | null> {
  const { receipt } = await client.query<{ receipt: FollowedReceipt | null }>(query, { id });
  return receipt;
}

type Settled = FollowedReceipt & { settlement: NonNullable<FollowedReceipt["settlement"]> };

export function untilSettled(client: FactoryClient, id: string): Promise<Settled> {
  return until("the settlement of the receipt", async () => {
    const receipt = await followReceipt(client, id);
    return receipt?.settlement ? (receipt as Settled) : null;
  });
}
