interface GasGoal {
  /** The most that the operation is meant to cost; some have no goal, and are watched all the same. */
  readonly gas?: number;
  /** Storage slots that it creates in our contracts, and in the payment token. */
  readonly newSlots: number;
  readonly tokenSlots: number;
  /** Why it costs more than its goal. */
  readonly reason?: string;
}

const NONE = { newSlots: 0, tokenSlots: 0 };

/** What each operation is meant to cost, as whole transactions in the steady state. */
export const GAS_GOALS: Readonly<Record<string, GasGoal>> = {
  buyAndOpen3009: {
    gas: 107_000,
    newSlots: 1,
    tokenSlots: 1,
    reason:
      "88k is what no contract saves: the transaction, the session's slot, and 45k in the token, which checks the signature, uses up its nonce, moves the money and is asked for our balance before and after, so that one which keeps a fee is refused. Calldata is 8k, half of it the whole offering: wallets show what is bought, and to read the terms from storage would cost about as much. The two events and the offering's counters are 5k each. The rest, 9k, is plain Solidity: one entry for every kind of signed payment, ERC-6492 included, and the hash of the order, to which the authorization's nonce binds the payment.",
  },
  topUp: { gas: 85_000, ...NONE },
  settle1: { gas: 95_000, ...NONE },
  settle10: { gas: 205_000, ...NONE },
  settle100: { gas: 1_280_000, ...NONE },
  settle300: { gas: 3_650_000, ...NONE },
  settleMarginal: { gas: 12_000, ...NONE },
  claim: {
    gas: 48_000,
    ...NONE,
    reason:
      "2.9k writes how much was claimed in all. Against it the shares count what came in: they believe their own balance and nobody's word, so that revenue may come from anywhere.",
  },
  claimFive: NONE,
  transferShares: { gas: 42_500, ...NONE },
  // The two slots are the votes of the two delegates at that moment, which a vote looks up later.
  transferSharesDelegated: { gas: 107_000, newSlots: 2, tokenSlots: 0 },
  redeem: NONE,
  closeRefund: {
    gas: 52_000,
    ...NONE,
    reason:
      "7.8k is the operator's consent, without which an owner could leave before the last voucher is settled: its signature in calldata, its check, and the slot that says who the operator's account is by now. 5.1k counts what is outstanding, the second source that the escrow is checked against. 4k is the whole offering in calldata, as for every operation.",
  },
};
