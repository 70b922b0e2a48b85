import type { Signer } from "ethers";
import { ethers, networkHelpers } from "./chain.ts";
import { DAY, deployVault, EIGHTH } from "./deployVault.ts";

/** Mirrors `PledgeStatus`. */
export const STATUS = { none: 0n, offered: 1n, withdrawn: 2n, lent: 3n, repaid: 4n, sold: 5n } as const;

/**
 * The vault's fixture, and a borrower with an eighth of the shares, who may pledge them for a loan of 1,000 against a
 * debt of 1,100 within 30 days; their auction would start at 7,000. Everybody has money to lend, repay and buy.
 */
export async function deployPledge() {
  const vaulted = await deployVault();
  const { vault, token, shares, founder, alice: borrower, bob: lender, stranger: buyer } = vaulted;
  const pledge = await ethers.deployContract("Pledge", [vault]);
  await shares.connect(founder).transfer(borrower, EIGHTH);
  await shares.connect(borrower).approve(pledge, ethers.MaxUint256);
  for (const account of [borrower, lender, buyer]) {
    await token.mint(account, 10_000n);
    await token.connect(account).approve(pledge, ethers.MaxUint256);
  }

  const terms = {
    model: await shares.getAddress(),
    shares: EIGHTH,
    term: 30n * DAY,
    paymentToken: await token.getAddress(),
    principal: 1_000n,
    debt: 1_100n,
    startPrice: 7_000n,
  };
  /** Offers the borrower's shares, and returns the pledge's id. */
  const offer = async (changed: Partial<typeof terms> = {}) => {
    const offered = { ...terms, ...changed };
    const id = await pledge.connect(borrower).offer.staticCall(offered);
    await pledge.connect(borrower).offer(offered);
    return id;
  };
  const status = async (id: string) => (await pledge.pledgeOf(id)).status;
  /** Sends the next transaction, of `from`, at a time. */
  const at = async (time: bigint, from: Signer) => {
    await networkHelpers.time.setNextBlockTimestamp(time);
    return pledge.connect(from);
  };
  return { ...vaulted, pledge, borrower, lender, buyer, terms, offer, status, at };
}

/** An offer that the lender took, whose shares wait in lock 1. */
export async function deployLoan() {
  const pledged = await deployPledge();
  const id = await pledged.offer();
  await pledged.pledge.connect(pledged.lender).lend(id);
  const { dueAt } = await pledged.pledge.pledgeOf(id);
  return { ...pledged, id, dueAt };
}
