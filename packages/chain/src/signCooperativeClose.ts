import { cooperativeCloseTypedData } from "@joulemint/protocol/cooperativeClose";
import type { Domain } from "@joulemint/protocol/Domain";
import type { Hex, LocalAccount } from "viem";

/** The operator's consent to close a session at once, good while exactly `used` millicredits of it are settled on chain. */
export function signCooperativeClose(
  operator: LocalAccount,
  domain: Domain,
  close: { readonly session: Hex; readonly used: bigint },
): Promise<Hex> {
  return operator.signTypedData(cooperativeCloseTypedData(close, domain));
}
