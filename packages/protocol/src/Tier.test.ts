import { describe, expect, it } from "vitest";
import { TIERS, type Tier, tierFromUint8, tierToUint8 } from "./Tier.ts";

describe("Tier", () => {
  it.each([
    ["realtime", 0],
    ["standard", 1],
    ["batch", 2],
  ] as const)("%s is %i on chain", (tier, number) => {
    expect(tierToUint8(tier)).toBe(number);
    expect(tierFromUint8(number)).toBe(tier);
    expect(tierFromUint8(BigInt(number))).toBe(tier);
  });

  it("refuses what is no tier", () => {
    expect(() => tierFromUint8(TIERS.length)).toThrow(expect.objectContaining({ code: "BAD_REQUEST" }));
    expect(() => tierToUint8("express" as Tier)).toThrow(expect.objectContaining({ code: "BAD_REQUEST" }));
  });
});
