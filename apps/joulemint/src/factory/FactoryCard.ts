import type { Offering } from "@joulemint/protocol/Offering";
import type { Address, Hex } from "viem";

/** What a factory says of itself at `GET /factory`: all that a wallet needs to find its contracts and check its receipts. */
export interface FactoryCard {
  readonly chainId: number;
  readonly rpc: string;
  readonly credits: Address;
  /** The name that clients put into `model`. */
  readonly modelName: string;
  readonly offeringId: Hex;
  readonly offering: Offering;
  readonly operator: Address;
  /** Signs the vouchers of sessions opened under it. */
  readonly meteringKey: Address;
  /** Signs receipts. */
  readonly receiptKey: Address;
}

/** Integers as decimal strings, as everywhere in our JSON. */
export function factoryCardJson(card: FactoryCard): string {
  return JSON.stringify(card, (_, value) => (typeof value === "bigint" ? value.toString() : value));
}

export function parseFactoryCard(text: string): FactoryCard {
  const card = JSON.parse(text);
  const { pricePerMillion, sellUntil } = card.offering;
  return {
    ...card,
    offering: { ...card.offering, pricePerMillion: BigInt(pricePerMillion), sellUntil: BigInt(sellUntil) },
  };
}
