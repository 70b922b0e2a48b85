import type { Ledger } from "@joulemint/ledger/Ledger";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import type { Hex } from "viem";
import type { ExampleFactory } from "./exampleFactory.ts";
import { ledgerView } from "./ledgerView.ts";

/** What the contracts say of everything that the ledger has: the same shape as `ledgerView`. */
export async function contractView({ client, domain }: ExampleFactory, ledger: Ledger): ReturnType<typeof ledgerView> {
  const { offerings, sessions, balances, models, holders } = await ledgerView(ledger);
  const credits = { address: domain.credits, abi: creditsAbi } as const;
  const sharesOf = (model: string) => ({ address: model as Hex, abi: sharesAbi }) as const;
  return {
    offerings: await Promise.all(
      offerings.map(async ({ id }) => {
        const args = [id as Hex] as const;
        const state = await client.readContract({ ...credits, functionName: "offeringState", args });
        const [outstanding, consumed, released, operator_claimed, treasury_claimed] = state;
        return { id, outstanding, consumed, released, operator_claimed, treasury_claimed };
      }),
    ),
    sessions: await Promise.all(
      sessions.map(async ({ id, offering }) => {
        const args = [offering as Hex, id as Hex] as const;
        const [signer, cap, used, closableAt] = await client.readContract({
          ...credits,
          functionName: "session",
          args,
        });
        const state = closableAt > 0n ? ("closing" as const) : ("open" as const);
        return {
          id,
          offering,
          signer: signer.toLowerCase(),
          used: BigInt(used),
          state: cap === 0 ? ("closed" as const) : state,
        };
      }),
    ),
    balances: await Promise.all(
      balances.map(async ({ offering, owner }) => {
        const args = [owner as Hex, BigInt(offering)] as const;
        const balance = await client.readContract({ ...credits, functionName: "balanceOf", args });
        return { offering, owner, balance };
      }),
    ),
    models: await Promise.all(
      models.map(async ({ address }) => ({
        address,
        owner: (await client.readContract({ ...sharesOf(address), functionName: "owner" })).toLowerCase(),
        lifetime_revenue: await client.readContract({ ...sharesOf(address), functionName: "lifetimeRevenue" }),
        claimed_revenue: await client.readContract({ ...sharesOf(address), functionName: "claimedRevenue" }),
      })),
    ),
    holders: await Promise.all(
      holders.map(async ({ model, holder }) => {
        const shares = { ...sharesOf(model), args: [holder as Hex] } as const;
        const balance = await client.readContract({ ...shares, functionName: "balanceOf" });
        return {
          model,
          holder,
          balance,
          claimable: await client.readContract({ ...shares, functionName: "claimable" }),
        };
      }),
    ),
  };
}
