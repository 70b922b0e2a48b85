import type { Address, TypedDataDomain } from "viem";

/** Where signatures count: one `Credits` contract on one chain. */
export interface Domain {
  readonly chainId: number;
  /** Address of `Credits`. */
  readonly credits: Address;
}

/** The EIP-712 domain that `Credits` checks: offerings, vouchers and cooperative closes. */
export function creditsDomain(domain: Domain) {
  return {
    name: "Joulemint Credits",
    version: "1",
    chainId: domain.chainId,
    verifyingContract: domain.credits,
  } as const satisfies TypedDataDomain;
}

/** The EIP-712 domain of what no contract checks: receipt batches and requests for API keys. */
export function joulemintDomain(domain: Domain) {
  return {
    name: "Joulemint",
    version: "1",
    chainId: domain.chainId,
    verifyingContract: domain.credits,
  } as const satisfies TypedDataDomain;
}
