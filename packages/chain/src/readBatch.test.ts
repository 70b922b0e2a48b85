import { failure } from "@joulemint/ledger/testing/failure";
import { type Address, type Hex, numberToHex } from "viem";
import { describe, expect, it } from "vitest";
import type { ChainClient } from "./chainClient.ts";
import { readBatch } from "./readBatch.ts";

const credits: Address = "0x00000000000000000000000000000000000000c1";

/** A node without logs, whose blocks above 5 are those of the branch that `branch` names at the time of asking. */
function node(branch: () => number) {
  const hash = (number: bigint, on: number): Hex => numberToHex(number + (number > 5n ? BigInt(on) << 64n : 0n));
  const client = {
    getLogs: async () => [],
    getBlock: async ({ blockNumber: number }: { blockNumber: bigint }) => {
      const on = branch();
      return { number, hash: hash(number, on), parentHash: hash(number - 1n, on), timestamp: number };
    },
  };
  return client as unknown as ChainClient;
}

const source = {
  credits,
  operators: null,
  startBlock: 0n,
  windowBlocks: 1000,
  known: { offerings: new Set<Hex>(), models: new Set<Hex>() },
};

describe("readBatch", () => {
  it("gives every header of a short way, and the ends of a long one", async () => {
    const client = node(() => 0);
    const short = await readBatch({ ...source, client }, 4n, 9n);
    expect(short.blocks.map(({ number }) => number)).toEqual([4n, 5n, 6n, 7n, 8n, 9n]);
    const long = await readBatch({ ...source, client }, 10n, 100_009n);
    expect(long.blocks.map(({ number }) => number)).toEqual([10n, 100_009n]);
  });

  it.each([
    { name: "between the first answer and the logs", switchAt: 1 },
    { name: "between two headers", switchAt: 5 },
    { name: "before the last header", switchAt: 6 },
  ])("takes nothing from a chain that reorganises $name", async ({ switchAt }) => {
    let answers = 0;
    const client = node(() => (answers++ < switchAt ? 0 : 1));
    expect(await failure(readBatch({ ...source, client }, 4n, 9n))).toMatchObject({ code: "CHAIN_UNAVAILABLE" });
  });
});
