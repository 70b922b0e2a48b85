import { describe, expect, it } from "vitest";
import { checkBooks } from "./checkBooks.ts";
import type { Books } from "./readBooks.ts";

const raw = (value: bigint) => ({ raw: value.toString() });

/** 1001 units released: 600 to the holders, 100 of the rest to the treasury, 301 to the operator. */
const right: Books = {
  factory: {
    requests: "2",
    tokens: { input: "70", cachedInput: "30", cacheWrite: "0", output: "9", reasoning: "1" },
    joules: null,
    energyBoundary: null,
  },
  offering: {
    released: raw(1001n),
    operatorRevenue: { claimed: raw(301n), claimable: raw(0n) },
    treasuryRevenue: { claimed: raw(100n), claimable: raw(0n) },
  },
  shares: {
    supply: raw(1000n),
    lifetimeRevenue: raw(600n),
    claimedRevenue: raw(599n),
    holders: {
      nodes: [
        { holder: "0xa", balance: raw(501n), claimed: raw(300n), claimable: raw(0n) },
        { holder: "0xb", balance: raw(499n), claimed: raw(299n), claimable: raw(0n) },
      ],
    },
  },
  reconciliation: { difference: "0" },
};
const trace = [
  { atMs: 0, inputTokens: 60, cachedTokens: 30, outputTokens: 4 },
  { atMs: 1, inputTokens: 40, cachedTokens: 0, outputTokens: 6 },
];
const split = { holdersBps: 6000, treasuryBps: 1000 };

describe("checkBooks", () => {
  it("finds nothing when all is right", () => {
    expect(checkBooks(right, trace, split)).toEqual([]);
  });

  it.each<[string, (books: Books) => void]>([
    ["requests", ({ factory }) => Object.assign(factory, { requests: "1" })],
    ["input tokens", ({ factory }) => Object.assign(factory.tokens, { input: "71" })],
    ["output tokens", ({ factory }) => Object.assign(factory.tokens, { output: "8" })],
    ["operator's part", ({ offering }) => Object.assign(offering.operatorRevenue, { claimed: raw(300n) })],
    ["treasury's part", ({ offering }) => Object.assign(offering.treasuryRevenue, { claimed: raw(101n) })],
    ["left for the operator", ({ offering }) => Object.assign(offering.operatorRevenue, { claimable: raw(1n) })],
    ["revenue of 0xb", ({ shares }) => Object.assign(shares.holders.nodes[1] ?? {}, { claimed: raw(298n) })],
  ])("names the %s when they differ", (what, tamper) => {
    const books = structuredClone(right);
    tamper(books);
    expect(checkBooks(books, trace, split).map((difference) => difference.what)).toEqual([what]);
  });
});
