import type { Address, Hex } from "viem";
import { hashStruct } from "viem";
import { creditsDomain, type Domain } from "./Domain.ts";
import { type Tier, tierFromUint8, tierToUint8 } from "./Tier.ts";

/** An immutable sellable right, as registered on chain. Its id is the hash of all of it: a new price is a new offering. */
export interface Offering {
  /** Address of the model's `Shares`. */
  readonly model: Address;
  /** bytes32. */
  readonly kind: Hex;
  readonly termsHash: Hex;
  readonly tier: Tier;
  readonly paymentToken: Address;
  /** Payment-token base units for 10^9 millicredits; uint64. */
  readonly pricePerMillion: bigint;
  readonly rateCardHash: Hex;
  /** Basis points of revenue; together with `treasuryBps` at most 10000, and the operator gets the rest. */
  readonly holdersBps: number;
  readonly treasuryBps: number;
  readonly treasury: Address;
  readonly operator: Address;
  /** Unix seconds; uint64. */
  readonly sellUntil: bigint;
  /** Seconds between a request to close a session and its close. */
  readonly exitDelay: number;
  /** Unix seconds, the last at which credits are opened or consumed out of a wallet; 0: never; uint64. */
  readonly expiresAt: bigint;
  /** Whether credits may go from one wallet to another. */
  readonly transferable: boolean;
}

/** The `Offering` of Solidity, as viem takes it as an argument and gives it in an event. */
export type OfferingStruct = Omit<Offering, "tier"> & { readonly tier: number };

export const offeringTypes = {
  Offering: [
    { name: "model", type: "address" },
    { name: "kind", type: "bytes32" },
    { name: "termsHash", type: "bytes32" },
    { name: "tier", type: "uint8" },
    { name: "paymentToken", type: "address" },
    { name: "pricePerMillion", type: "uint64" },
    { name: "rateCardHash", type: "bytes32" },
    { name: "holdersBps", type: "uint16" },
    { name: "treasuryBps", type: "uint16" },
    { name: "treasury", type: "address" },
    { name: "operator", type: "address" },
    { name: "sellUntil", type: "uint64" },
    { name: "exitDelay", type: "uint32" },
    { name: "expiresAt", type: "uint64" },
    { name: "transferable", type: "bool" },
  ],
} as const;

/** The argument that every function of `Credits` takes for an offering. */
export function offeringStruct(offering: Offering): OfferingStruct {
  return { ...offering, tier: tierToUint8(offering.tier) };
}

/** The offering of an event or a call's result, with addresses in lower case. */
export function offeringFromStruct(struct: OfferingStruct): Offering {
  const lower = <T extends string>(hex: T) => hex.toLowerCase() as T;
  return {
    model: lower(struct.model),
    kind: lower(struct.kind),
    termsHash: lower(struct.termsHash),
    tier: tierFromUint8(struct.tier),
    paymentToken: lower(struct.paymentToken),
    pricePerMillion: struct.pricePerMillion,
    rateCardHash: lower(struct.rateCardHash),
    holdersBps: struct.holdersBps,
    treasuryBps: struct.treasuryBps,
    treasury: lower(struct.treasury),
    operator: lower(struct.operator),
    sellUntil: struct.sellUntil,
    exitDelay: struct.exitDelay,
    expiresAt: struct.expiresAt,
    transferable: struct.transferable,
  };
}

/** The id of an offering: its EIP-712 struct hash, the same on every chain. */
export function offeringId(offering: Offering): Hex {
  return hashStruct({ types: offeringTypes, primaryType: "Offering", data: offeringStruct(offering) });
}

/** What the operator signs so that the model's owner may register the offering. */
export function offeringTypedData(offering: Offering, domain: Domain) {
  return {
    domain: creditsDomain(domain),
    types: offeringTypes,
    primaryType: "Offering",
    message: offeringStruct(offering),
  } as const;
}
