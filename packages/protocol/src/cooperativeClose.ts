import type { Hex } from "viem";
import { creditsDomain, type Domain } from "./Domain.ts";
import { JoulemintError } from "./JoulemintError.ts";

const types = {
  CooperativeClose: [
    { name: "session", type: "bytes32" },
    { name: "used", type: "uint48" },
  ],
} as const;

/**
 * What the operator signs so that a session may close before its exit delay. `used` is what the chain has settled, in
 * millicredits: the close counts only while exactly that much is settled, so no use can be left behind.
 */
export function cooperativeCloseTypedData(close: { session: Hex; used: bigint }, domain: Domain) {
  if (close.used < 0n || close.used >= 2n ** 48n) {
    throw new JoulemintError("BAD_REQUEST", { field: "used", expected: "a uint48", actual: close.used });
  }
  return {
    domain: creditsDomain(domain),
    types,
    primaryType: "CooperativeClose",
    message: { session: close.session, used: Number(close.used) },
  } as const;
}
