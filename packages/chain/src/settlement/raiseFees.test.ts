import { describe, expect, it } from "vitest";
import { raiseFees } from "./raiseFees.ts";

const fees = (maxFeePerGas: bigint, maxPriorityFeePerGas: bigint) => ({ maxFeePerGas, maxPriorityFeePerGas });

describe("raiseFees", () => {
  it.each([
    {
      name: "offers an eighth more of both",
      offered: fees(800n, 80n),
      asked: fees(800n, 80n),
      raised: fees(901n, 91n),
    },
    {
      name: "follows what is asked for",
      offered: fees(800n, 80n),
      asked: fees(5000n, 100n),
      raised: fees(5000n, 100n),
    },
    { name: "raises each by itself", offered: fees(800n, 80n), asked: fees(5000n, 1n), raised: fees(5000n, 91n) },
    { name: "raises nothing, too", offered: fees(0n, 0n), asked: fees(7n, 0n), raised: fees(7n, 1n) },
    { name: "ends at twice what is asked for", offered: fees(1800n, 80n), asked: fees(1000n, 80n), raised: null },
  ])("$name", ({ offered, asked, raised }) => {
    expect(raiseFees(offered, asked)).toEqual(raised);
  });
});
