import type { Address } from "viem";
import type { OfferingBook } from "../books/OfferingBook.ts";
import type { SessionBook } from "../books/SessionBook.ts";
import type { Party } from "../world/Party.ts";
import type { World } from "../world/startWorld.ts";

/** Whoever buys credits. */
export function consumers({ parties }: World): Party[] {
  return [parties.alice, parties.bob, parties.carol, parties.pauper];
}

/** A purchase: now and then of nothing, sometimes of a dust's worth, mostly of some calls. */
export function purchaseSize({ random }: World): bigint {
  if (random.chance(0.03)) return 0n;
  if (random.chance(0.15)) return BigInt(random.between(1, 999));
  return BigInt(random.between(100_000, 3_000_000));
}

/** Mostly a part of what there is, sometimes all of it, now and then more. */
export function partOf({ random }: World, amount: bigint): bigint {
  if (random.chance(0.1)) return amount + 1n + random.upTo(amount);
  return random.chance(0.15) ? amount : random.upTo(amount);
}

/** A wallet with credits of an offering, if there is one; mostly that, sometimes anybody's of any offering. */
export function wallet(world: World): { offering: OfferingBook; owner: Party } {
  const { random, books } = world;
  const filled = books.offerings.flatMap((offering) =>
    consumers(world)
      .filter(({ address }) => offering.balanceOf(address) > 0n)
      .map((owner) => ({ offering, owner })),
  );
  if (filled.length > 0 && random.chance(0.9)) return random.pick(filled);
  return { offering: random.pick(books.offerings), owner: random.pick(consumers(world)) };
}

/** Mostly a session that the operation is good for, sometimes any other; mostly `null` when there is none. */
export function session({ books, random }: World, good: (session: SessionBook) => boolean): SessionBook | null {
  const sessions = [...books.sessions.values()];
  const candidates = sessions.filter(good);
  if (candidates.length > 0 && random.chance(0.9)) return random.pick(candidates);
  return sessions.length > 0 && (candidates.length > 0 || random.chance(0.2)) ? random.pick(sessions) : null;
}

/** The account of anybody who trades shares. */
export function shareTraders({ parties }: World): Party[] {
  return [parties.holder1, parties.holder2, parties.holder3, parties.alice, parties.bob];
}

export function partyAt({ parties }: World, address: Address): Party {
  const found = Object.values(parties).find((party) => party.address === address);
  if (found === undefined) throw new Error(`nobody has ${address}`);
  return found;
}
