import { pad } from "viem";
import { describe, expect, it } from "vitest";
import { apiKeyRequestTypedData, recoverApiKeyRequestSigner } from "./apiKeyRequest.ts";
import { exampleDomain } from "./testing/exampleOffering.ts";
import { exampleAccount } from "./testing/exampleReceipt.ts";

const request = { session: pad("0x5e"), expiresAt: 1_900_000_000n };
const owner = exampleAccount.address.toLowerCase();

describe("ApiKeyRequest", () => {
  it("leads back to the owner who signed it, and only as it was signed", async () => {
    const signature = await exampleAccount.signTypedData(apiKeyRequestTypedData(request, exampleDomain));
    const later = { ...request, expiresAt: request.expiresAt + 1n };
    expect(await recoverApiKeyRequestSigner(request, signature, exampleDomain)).toBe(owner);
    expect(await recoverApiKeyRequestSigner(later, signature, exampleDomain)).not.toBe(owner);
    expect(await recoverApiKeyRequestSigner(request, signature, { ...exampleDomain, chainId: 1 })).not.toBe(owner);
  });

  it.each(["0x", "0x1234", `0x${"00".repeat(65)}`] as const)("refuses the signature %s", async (signature) => {
    await expect(recoverApiKeyRequestSigner(request, signature, exampleDomain)).rejects.toThrow(
      expect.objectContaining({ code: "INVALID_API_KEY" }),
    );
  });
});
