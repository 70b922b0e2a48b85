import { keccak256, pad, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import { authorizedPaymentTypedData } from "./authorizedPayment.ts";

describe("authorizedPaymentTypedData", () => {
  it("is of the type that EIP-3009 names", () => {
    const payment = {
      from: pad("0x01", { size: 20 }),
      to: pad("0x02", { size: 20 }),
      value: 3n,
      validAfter: 0n,
      validBefore: 4n,
      nonce: pad("0x05"),
    } as const;
    const { types, primaryType } = authorizedPaymentTypedData(payment, {});
    const fields = types[primaryType].map(({ name, type }) => `${type} ${name}`);
    // RECEIVE_WITH_AUTHORIZATION_TYPEHASH of the EIP.
    expect(keccak256(stringToHex(`${primaryType}(${fields})`))).toBe(
      "0xd099cc98ef71107a616c4f0f941f04c322d8e254fe26b3c6668db87aae413de8",
    );
  });
});
