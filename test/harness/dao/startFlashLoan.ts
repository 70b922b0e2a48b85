import { type Address, maxUint256 } from "viem";
import { deployHostile } from "./deployHostile.ts";
import { type Call, SUPPLY } from "./launchModel.ts";
import { startMarket } from "./startMarket.ts";

/** A market whose founder lends all of its shares, three quarters, to whoever gives them back in the same transaction. */
export async function startFlashLoan() {
  const market = await startMarket();
  const { chain, dao, founder, attacker } = market;
  const borrower = await deployHostile(chain, "FlashBorrower");
  const borrowed = (SUPPLY * 3n) / 4n;
  const lender = founder.account.address;
  await founder.writeContractSync({ ...dao.shares, functionName: "approve", args: [borrower.address, maxUint256] });
  return {
    ...market,
    borrower: borrower.address,
    /** Borrows, does something as the borrower, and gives back. */
    async borrowAnd({ to, data }: Call) {
      // The gas for votes of the same second is no measure for those of the next, in which it may be mined.
      await chain.wait(1);
      const args = [dao.shares.address, lender, borrowed, to, data] as const;
      await attacker.writeContractSync({ ...borrower, functionName: "borrow", args });
    },
    claimable: (holder: Address) =>
      chain.client.readContract({ ...dao.shares, functionName: "claimable", args: [holder] }),
  };
}
