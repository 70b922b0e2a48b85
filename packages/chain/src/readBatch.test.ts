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
  allHeadersFrom: 0n,
  known: { offerings: new Set<Hex>(), models: new Set<Hex>() },
};

describe("readBatch", () => {
  it.each([
    { allHeadersFrom: 0n, numbers: [10n, 11n, 12n, 13n, 14n] },
    { allHeadersFrom: 13n, numbers: [10n, 13n, 14n] },
    { allHeadersFrom: 900n, numbers: [10n, 14n] },
  ])("gives the ends, and every header from block $allHeadersFrom on", async ({ allHeadersFrom, numbers }) => {
    const { blocks } = await readBatch({ ...source, client: node(() => 0), allHeadersFrom }, 10n, 14n);
    expect(blocks.map(({ number }) => number)).toEqual(numbers);
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

  it.each([
    { name: "is one to try again when the block is gone", branches: [0, 1], expected: { code: "CHAIN_UNAVAILABLE" } },
    { name: "stands when the block is still there", branches: [0, 0], expected: { message: "unknown block" } },
  ])("an error of the node $name", async ({ branches, expected }) => {
    const getLogs = () => Promise.reject(new Error("unknown block"));
    const client = { ...node(() => branches.shift() ?? 1), getLogs } as unknown as ChainClient;
    await expect(readBatch({ ...source, client }, 4n, 9n)).rejects.toMatchObject(expected);
  });
});
