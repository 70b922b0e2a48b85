import { concat, keccak256, pad } from "viem";
import { describe, expect, it } from "vitest";
import { sessionId } from "./sessionId.ts";

const session = {
  offering: pad("0x01"),
  owner: "0x00000000000000000000000000000000000000aa",
  signer: "0x00000000000000000000000000000000000000bb",
  salt: pad("0x02"),
} as const;

describe("sessionId", () => {
  it("is the hash of offering, owner, signer and salt as four words", () => {
    expect(sessionId(session)).toBe(
      keccak256(concat([session.offering, pad(session.owner), pad(session.signer), session.salt])),
    );
  });

  it.each(["offering", "owner", "signer", "salt"] as const)("depends on the %s", (part) => {
    const other = session[part].replace(/.$/, "c") as `0x${string}`;
    expect(sessionId({ ...session, [part]: other })).not.toBe(sessionId(session));
  });
});
