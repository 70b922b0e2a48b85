/** Gas that others publish of contracts which no package brings, so that no run of ours can measure it. */
export const PUBLISHED = [
  {
    name: "x402BatchSettlement",
    source:
      "`contracts/evm/snapshots/X402BatchSettlementGasTest.json` of x402-foundation/x402 at 5dc3429; `@x402/evm` 2.27.0 has its ABI alone",
    gas: {
      "deposit by EIP-3009": 111_738,
      "claim from 1 channel": 40_252,
      "claim from 10 channels": 192_043,
      "settle to the receiver": 31_204,
      refund: 43_859,
    },
    caveat:
      "Execution alone: no 21,000, no calldata, slots that the same transaction has touched before, and a token that checks no signature. By these figures one more channel takes 16,866; with its slot cold (4,800 more) and its row in calldata (about 480 bytes, 4,100) it would take about 25,800, where `settleMarginal` is a whole one.",
  },
] as const;
