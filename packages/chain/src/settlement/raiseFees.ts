/** What a transaction offers, in wei for a unit of gas. */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/**
 * What a transaction has to offer to take the place of one that waits: more than nodes ask for that, which is a tenth of
 * both fees, and no less than what is asked for now. `null` when that would be more than twice what is asked for now: then
 * it does not wait for money.
 */
export function raiseFees(offered: Fees, asked: Fees): Fees | null {
  const maxFeePerGas = raise(offered.maxFeePerGas, asked.maxFeePerGas);
  if (maxFeePerGas > 2n * asked.maxFeePerGas) return null;
  return { maxFeePerGas, maxPriorityFeePerGas: raise(offered.maxPriorityFeePerGas, asked.maxPriorityFeePerGas) };
}

function raise(offered: bigint, asked: bigint): bigint {
  const eighthMore = offered + offered / 8n + 1n;
  return eighthMore > asked ? eighthMore : asked;
}
