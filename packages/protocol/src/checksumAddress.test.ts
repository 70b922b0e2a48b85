import { describe, expect, it } from "vitest";
import { checksumAddress } from "./checksumAddress.ts";

describe("checksumAddress", () => {
  // The examples of EIP-55.
  it.each([
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
  ])("gives %s for any case of it", (address) => {
    expect(checksumAddress(address.toLowerCase())).toBe(address);
    expect(checksumAddress(`0x${address.slice(2).toUpperCase()}`)).toBe(address);
  });

  it.each(["", "0x12", "de709f2102306220921060314715629080e2fb77", `0x${"g".repeat(40)}`])("refuses %o", (text) => {
    expect(() => checksumAddress(text)).toThrow(expect.objectContaining({ code: "BAD_REQUEST" }));
  });
});
