import { encodeAbiParameters, getAddress, keccak256, recoverTypedDataAddress, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import { offeringFromStruct, offeringId, offeringStruct, offeringTypedData } from "./Offering.ts";
import { exampleDomain, exampleOffering } from "./testing/exampleOffering.ts";
import { exampleAccount } from "./testing/exampleReceipt.ts";

const offering = exampleOffering();

describe("Offering", () => {
  it("has as its id the EIP-712 struct hash that the contract computes", () => {
    const typeHash = keccak256(
      stringToHex(
        "Offering(address model,bytes32 kind,bytes32 termsHash,uint8 tier,address paymentToken,uint64 pricePerMillion," +
          "bytes32 rateCardHash,uint16 holdersBps,uint16 treasuryBps,address treasury,address operator," +
          "uint64 sellUntil,uint32 exitDelay,uint64 expiresAt,bool transferable)",
      ),
    );
    const types =
      "bytes32 address bytes32 bytes32 uint8 address uint64 bytes32 uint16 uint16 address address uint64 uint32 uint64 bool";
    const encoded = encodeAbiParameters(
      types.split(" ").map((type) => ({ type })),
      [typeHash, ...Object.values({ ...offering, tier: 1 })],
    );
    expect(offeringId(offering)).toBe(keccak256(encoded));
  });

  const changes: Partial<typeof offering>[] = [
    { tier: "batch" },
    { pricePerMillion: offering.pricePerMillion + 1n },
    { holdersBps: 2001 },
    { treasury: offering.operator },
    { exitDelay: 3601 },
    { expiresAt: 1_900_000_000n },
    { transferable: false },
  ];
  it.each(changes)("has another id with %o", (change) => {
    expect(offeringId(exampleOffering(change))).not.toBe(offeringId(offering));
  });

  it("comes back from its struct in lower case", () => {
    const { model, paymentToken, treasury, operator } = offering;
    const checksummed = Object.entries({ model, paymentToken, treasury, operator }).map(([name, address]) => [
      name,
      getAddress(address),
    ]);
    const struct = { ...offeringStruct(offering), ...Object.fromEntries(checksummed) };
    expect(struct.treasury).not.toBe(treasury);
    expect(offeringFromStruct(struct)).toEqual(offering);
    expect(struct.tier).toBe(1);
  });

  it("is signed by its operator in the domain of Credits", async () => {
    const typedData = offeringTypedData(offering, exampleDomain);
    const signature = await exampleAccount.signTypedData(typedData);
    expect(await recoverTypedDataAddress({ ...typedData, signature })).toBe(exampleAccount.address);
    expect(typedData.domain).toMatchObject({ name: "Joulemint Credits", chainId: 31337 });
  });
});
