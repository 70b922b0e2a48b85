import { type Address, encodeAbiParameters, type Hex, keccak256, stringToHex, type TypedDataDomain } from "viem";

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

const DOMAIN_TYPE = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
const parameters = ["bytes32", "bytes32", "bytes32", "uint256", "address"].map((type) => ({ type }));

/** The EIP-712 encoding of `joulemintDomain`: the type hash and four words; its keccak256 is the domain separator. */
export function encodeDomain(domain: Domain): Hex {
  const { name, version, chainId, verifyingContract } = joulemintDomain(domain);
  const hashed = [DOMAIN_TYPE, name, version].map((text) => keccak256(stringToHex(text)));
  return encodeAbiParameters(parameters, [...hashed, BigInt(chainId), verifyingContract]);
}
