import { type Address, BaseError } from "viem";
import type { AuditClient } from "./AuditClient.ts";

/**
 * The block in which a contract was deployed, so that no chain is read from its beginning; `null` if it has no code at
 * `block`. A node that keeps no older states makes it 0, which is slower and as good.
 */
export async function firstBlockOf(client: AuditClient, address: Address, block: bigint): Promise<bigint | null> {
  const hasCode = async (blockNumber: bigint) => ((await client.getCode({ address, blockNumber })) ?? "0x") !== "0x";
  if (!(await hasCode(block))) return null;
  let [without, having] = [-1n, block];
  try {
    while (having - without > 1n) {
      const middle = (without + having) / 2n;
      if (await hasCode(middle)) having = middle;
      else without = middle;
    }
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    return 0n;
  }
  return having;
}
