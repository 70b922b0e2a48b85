import { earned, revenuePerShare } from "@joulemint/economics/shareRevenue";
import { splitRevenue } from "@joulemint/economics/splitRevenue";
import { baseUnits, bps, shareUnits } from "@joulemint/economics/units";
import type { TraceRequest } from "./parseTrace.ts";
import type { Books } from "./readBooks.ts";

export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/**
 * Compares the books of a fresh factory with the trace and with the arithmetic of `economics`: every request metered,
 * tokens to the token, the split to the base unit, every claim paid. Empty when all is right.
 */
export function checkBooks(
  books: Books,
  requests: readonly TraceRequest[],
  split: { holdersBps: number; treasuryBps: number },
): Difference[] {
  const { tokens } = books.factory;
  const sum = (pick: (request: TraceRequest) => number): bigint =>
    requests.reduce((total, request) => total + BigInt(pick(request)), 0n);
  const { released, operatorRevenue, treasuryRevenue } = books.offering;
  const parts = splitRevenue(baseUnits(BigInt(released.raw)), {
    holdersBps: bps(BigInt(split.holdersBps)),
    treasuryBps: bps(BigInt(split.treasuryBps)),
  });
  const perShare = revenuePerShare(
    baseUnits(BigInt(books.shares.lifetimeRevenue.raw)),
    shareUnits(BigInt(books.shares.supply.raw)),
  );

  const expectations: [string, bigint, bigint][] = [
    ["requests", BigInt(requests.length), BigInt(books.factory.requests)],
    [
      "input tokens",
      sum((r) => r.inputTokens),
      BigInt(tokens.input) + BigInt(tokens.cachedInput) + BigInt(tokens.cacheWrite),
    ],
    ["cached tokens", sum((r) => r.cachedTokens), BigInt(tokens.cachedInput)],
    ["output tokens", sum((r) => r.outputTokens), BigInt(tokens.output) + BigInt(tokens.reasoning)],
    ["operator's part", parts.operator, BigInt(operatorRevenue.claimed.raw)],
    ["treasury's part", parts.treasury, BigInt(treasuryRevenue.claimed.raw)],
    ["holders' part", parts.holders, BigInt(books.shares.lifetimeRevenue.raw)],
    ["left for the operator", 0n, BigInt(operatorRevenue.claimable.raw)],
    ["left for the treasury", 0n, BigInt(treasuryRevenue.claimable.raw)],
    ...books.shares.holders.nodes.flatMap(({ holder, balance, claimed, claimable }): [string, bigint, bigint][] => [
      [
        `revenue of ${holder}`,
        earned({ balance: shareUnits(BigInt(balance.raw)), correction: 0n }, perShare),
        BigInt(claimed.raw),
      ],
      [`left for ${holder}`, 0n, BigInt(claimable.raw)],
    ]),
  ];
  return expectations
    .filter(([, expected, actual]) => expected !== actual)
    .map(([what, expected, actual]) => ({ what, expected: String(expected), actual: String(actual) }));
}
