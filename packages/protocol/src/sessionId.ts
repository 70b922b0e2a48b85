import { type Address, encodeAbiParameters, type Hex, keccak256 } from "viem";

const parameters = [{ type: "bytes32" }, { type: "address" }, { type: "address" }, { type: "bytes32" }] as const;

/** The id of a session. The owner is part of it, so nobody can open a session that another has planned. */
export function sessionId(session: { offering: Hex; owner: Address; signer: Address; salt: Hex }): Hex {
  return keccak256(encodeAbiParameters(parameters, [session.offering, session.owner, session.signer, session.salt]));
}
