import { ethers } from "./chain.ts";

/** Largest lifetime revenue that shares account for. */
export const MAX_LIFETIME_REVENUE = 2n ** 95n - 1n;

/** Shares of a million units, 60 % alice's and 40 % bob's, and a token that pays them by `pay`. */
export async function deployShares() {
  const [deployer, modelOwner, alice, bob, carol] = await ethers.getSigners();
  const token = await ethers.deployContract("TestDollar");
  const shares = await ethers.deployContract("Shares", [
    "Model One",
    "ONE",
    token,
    modelOwner,
    [alice, bob],
    [600_000n, 400_000n],
  ]);
  const pay = async (amount: bigint) => {
    await token.mint(shares, amount);
    return shares.accrue();
  };
  return { deployer, modelOwner, alice, bob, carol, token, shares, pay };
}
