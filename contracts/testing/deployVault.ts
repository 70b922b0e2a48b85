import type { AddressLike } from "ethers";
import { ethers, networkHelpers } from "./chain.ts";

export const DAY = 86_400n;

/** A power of two, so that revenue per share is exact. */
const SUPPLY = 2n ** 20n;
/** An eighth of the supply, which earns 100 of every 800. */
export const EIGHTH = SUPPLY / 8n;

/**
 * A vault, and a model whose shares are all of the founder's, who lets the vault take them; its payment
 * token, which can freeze accounts, pays the shares by `pay`.
 */
export async function deployVault() {
  const [deployer, founder, alice, bob, controller, stranger] = await ethers.getSigners();
  const token = await ethers.deployContract("FreezableToken");
  const vault = await ethers.deployContract("ShareVault");
  const shares = await ethers.deployContract("Shares", ["Model One", "ONE", token, founder, [founder], [SUPPLY]]);
  await shares.connect(founder).approve(vault, ethers.MaxUint256);
  const pay = async (amount: bigint) => {
    await token.mint(shares, amount);
    return shares.accrue();
  };

  /** Starts in a day; linear over a hundred days, nothing before the twentieth. */
  const start = BigInt(await networkHelpers.time.latest()) + DAY;
  const schedule = { start, cliff: start + 20n * DAY, end: start + 100n * DAY };
  /** Locks shares of the founder for alice, to vest. The first lock's id is 1. */
  const lock = (amount: bigint) => vault.connect(founder).lock(shares, alice, amount, schedule);
  /** Locks shares of the founder for an owner, alice by default, under the controller. */
  const lockUnder = (amount: bigint, owner: AddressLike = alice) =>
    vault.connect(founder).lockUnder(shares, owner, amount, controller);

  const accounts = { deployer, founder, alice, bob, controller, stranger };
  return { ...accounts, token, vault, shares, pay, schedule, lock, lockUnder };
}
