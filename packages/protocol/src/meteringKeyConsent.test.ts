import { pad } from "viem";
import { describe, expect, it } from "vitest";
import { meteringKeyConsentTypedData } from "./meteringKeyConsent.ts";

const owner = pad("0x01", { size: 20 });
const paymentToken = pad("0x02", { size: 20 });

describe("meteringKeyConsentTypedData", () => {
  it("is of the type that OperatorBond documents, for its domain", () => {
    const data = meteringKeyConsentTypedData({ owner, paymentToken }, { chainId: 1, address: owner });
    const fields = data.types[data.primaryType].map(({ name, type }) => `${type} ${name}`);
    expect(`${data.primaryType}(${fields})`).toBe("MeteringKeyConsent(address owner,address paymentToken)");
    expect(data.domain).toEqual({ name: "Joulemint OperatorBond", version: "1", chainId: 1, verifyingContract: owner });
  });
});
