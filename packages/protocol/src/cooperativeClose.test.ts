import { concat, hashTypedData, keccak256, pad, stringToHex, toHex } from "viem";
import { describe, expect, it } from "vitest";
import { cooperativeCloseTypedData } from "./cooperativeClose.ts";
import { exampleDomain } from "./testing/exampleOffering.ts";

const session = pad("0x5e");

describe("cooperativeCloseTypedData", () => {
  it("hashes as the contract does", () => {
    const word = (text: string) => keccak256(stringToHex(text));
    const separator = keccak256(
      concat([
        word("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
        word("Joulemint Credits"),
        word("1"),
        toHex(exampleDomain.chainId, { size: 32 }),
        pad(exampleDomain.credits),
      ]),
    );
    const struct = keccak256(
      concat([word("CooperativeClose(bytes32 session,uint48 used)"), session, toHex(42, { size: 32 })]),
    );
    expect(hashTypedData(cooperativeCloseTypedData({ session, used: 42n }, exampleDomain))).toBe(
      keccak256(concat(["0x1901", separator, struct])),
    );
  });

  it.each([-1n, 2n ** 48n])("refuses a use of %d", (used) => {
    expect(() => cooperativeCloseTypedData({ session, used }, exampleDomain)).toThrow(
      expect.objectContaining({ code: "BAD_REQUEST" }),
    );
  });
});
