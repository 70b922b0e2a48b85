import { concat, keccak256, pad, stringToHex, toHex } from "viem";
import { describe, expect, it } from "vitest";
import { purchaseOrderHash } from "./purchaseOrder.ts";

const order = {
  offering: pad("0x0f"),
  owner: pad("0x01", { size: 20 }),
  signer: pad("0x02", { size: 20 }),
  salt: pad("0x03"),
  credits: 2n ** 48n - 1n,
  nonce: 4n,
} as const;

describe("purchaseOrderHash", () => {
  it("hashes as the contract does", () => {
    const type = "Order(bytes32 offering,address owner,address signer,bytes32 salt,uint48 credits,uint256 nonce)";
    const words = [
      order.offering,
      pad(order.owner),
      pad(order.signer),
      order.salt,
      toHex(order.credits, { size: 32 }),
      toHex(order.nonce, { size: 32 }),
    ];
    expect(purchaseOrderHash(order)).toBe(keccak256(concat([keccak256(stringToHex(type)), ...words])));
  });
});
