import { deepStrictEqual } from "node:assert/strict";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { type Address, erc20Abi, zeroAddress } from "viem";
import { NANOS, type OfferingBook } from "../books/OfferingBook.ts";
import type { SharesBook } from "../books/SharesBook.ts";
import { consumers, shareTraders } from "../operations/choose.ts";
import type { World } from "../world/startWorld.ts";

/** The law on chain: the contracts hold exactly what they owe and the dust of roundings, and every slot is as booked. */
export async function checkChain(world: World): Promise<void> {
  const owed = await Promise.all(world.books.offerings.map((offering) => owedFor(world, offering)));
  const dust = world.books.offerings.reduce((sum, offering) => sum + offering.dust, 0n);
  const held = await dollarsOf(world, world.domain.credits);
  deepStrictEqual({ held: held * NANOS }, { held: owed.reduce((sum, amount) => sum + amount, 0n) + dust });

  await Promise.all([
    ...world.books.offerings.map((offering) => checkSessions(world, offering)),
    ...world.books.offerings.map((offering) => checkWallets(world, offering)),
    ...world.books.shares.map((shares) => checkShares(world, shares)),
    checkDollars(world),
    checkDust(world),
  ]);
}

const credits = ({ domain }: World) => ({ address: domain.credits, abi: creditsAbi }) as const;

function dollarsOf({ reader, paymentToken }: World, account: Address): Promise<bigint> {
  return reader.readContract({ address: paymentToken, abi: erc20Abi, functionName: "balanceOf", args: [account] });
}

/** What `Credits` owes for an offering by its own word, in 10^-9 of a base unit. */
async function owedFor(world: World, offering: OfferingBook): Promise<bigint> {
  const { reader } = world;
  const terms = offeringStruct(offering.terms);
  const claimable = (role: number) =>
    reader.readContract({ ...credits(world), functionName: "claimable", args: [terms, role] });
  const [[outstanding, consumed, released, operatorClaimed, treasuryClaimed], escrow, operator, treasury, ...accounts] =
    await Promise.all([
      reader.readContract({ ...credits(world), functionName: "offeringState", args: [offering.id] }),
      reader.readContract({ ...credits(world), functionName: "escrow", args: [terms] }),
      claimable(0),
      claimable(1),
      ...[0, 1].map((role) => reader.readContract({ ...credits(world), functionName: "account", args: [terms, role] })),
    ]);
  deepStrictEqual(
    { outstanding, consumed, released, operatorClaimed, treasuryClaimed, escrow, operator, treasury },
    {
      outstanding: offering.outstanding,
      consumed: offering.consumed,
      released: offering.released,
      operatorClaimed: offering.claimed.operator,
      treasuryClaimed: offering.claimed.treasury,
      escrow: offering.valueOf(offering.outstanding),
      operator: offering.claimable("operator"),
      treasury: offering.claimable("treasury"),
    },
  );
  deepStrictEqual(
    accounts.map((account) => account.toLowerCase()),
    [offering.accounts.operator, offering.accounts.treasury],
  );
  // What an offering's releases have rounded away is dust already; the rest of what was consumed is still owed.
  const price = offering.terms.pricePerMillion;
  const unreleased = (consumed - offering.consumedAtRelease) * price;
  return outstanding * price + unreleased + (operator + treasury) * NANOS;
}

async function checkSessions(world: World, offering: OfferingBook): Promise<void> {
  const sessions = world.books.sessionsOf(offering);
  const slots = await Promise.all(
    sessions.map(({ terms }) =>
      world.reader.readContract({ ...credits(world), functionName: "session", args: [offering.id, terms.id] }),
    ),
  );
  deepStrictEqual(
    slots.map(([signer, cap, used, closableAt]) => ({ signer: signer.toLowerCase(), cap, used, closableAt })),
    sessions.map(({ slot, live, signer, cap, used, closableAt }) => ({
      signer: slot === null ? zeroAddress : signer,
      cap: live ? Number(cap) : 0,
      used: Number(used),
      closableAt,
    })),
  );
}

async function checkWallets(world: World, offering: OfferingBook): Promise<void> {
  const owners = consumers(world).map(({ address }) => address);
  const ids = owners.map(() => BigInt(offering.id));
  const balances = await world.reader.readContract({
    ...credits(world),
    functionName: "balanceOfBatch",
    args: [owners, ids],
  });
  deepStrictEqual(
    balances,
    owners.map((owner) => offering.balanceOf(owner)),
  );
}

async function checkShares(world: World, shares: SharesBook): Promise<void> {
  const { reader } = world;
  const contract = { address: shares.model, abi: sharesAbi } as const;
  const holders = shareTraders(world).map(({ address }) => address);
  const [lifetime, claimed, ...accounts] = await Promise.all([
    reader.readContract({ ...contract, functionName: "lifetimeRevenue" }),
    reader.readContract({ ...contract, functionName: "claimedRevenue" }),
    ...holders.map(async (holder) => ({
      balance: await reader.readContract({ ...contract, functionName: "balanceOf", args: [holder] }),
      claimable: await reader.readContract({ ...contract, functionName: "claimable", args: [holder] }),
    })),
  ]);
  deepStrictEqual(
    { lifetime, claimed, accounts },
    {
      lifetime: shares.lifetime,
      claimed: shares.claimed,
      accounts: holders.map((holder) => ({
        balance: shares.holding(holder).balance as bigint,
        claimable: shares.claimable(holder) as bigint,
      })),
    },
  );
  const owed = accounts.reduce((sum, { claimable }) => sum + claimable, 0n);
  if (owed > lifetime - claimed) throw new Error(`${shares.model} owes its holders more than it has`);
}

/** Nobody's payment tokens went anywhere that the books do not know. */
async function checkDollars(world: World): Promise<void> {
  const { reader, paymentToken, books } = world;
  const accounts = [...books.dollars.keys()];
  const balances = await Promise.all(accounts.map((account) => dollarsOf(world, account)));
  deepStrictEqual(new Map(accounts.map((account, index) => [account, balances[index]])), books.dollars);
  const supply = await reader.readContract({ address: paymentToken, abi: erc20Abi, functionName: "totalSupply" });
  deepStrictEqual(
    supply,
    balances.reduce((sum, balance) => sum + balance, 0n),
  );
}

/** Dust is never negative, and less than one unit for each purchase, each redemption and each offering. */
async function checkDust({ books }: World): Promise<void> {
  for (const { id, dust, roundings } of books.offerings) {
    if (dust < 0n || dust >= BigInt(roundings + 1) * NANOS) throw new Error(`${id} has dust of ${dust}`);
  }
}
