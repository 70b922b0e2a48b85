import { type Address, type Hex, recoverTypedDataAddress } from "viem";
import { type Domain, joulemintDomain } from "./Domain.ts";
import { JoulemintError } from "./JoulemintError.ts";

/** A session owner's wish for an API key of the session. */
export interface ApiKeyRequest {
  readonly session: Hex;
  /** Unix seconds; uint64. Bounds both the request and the key that it makes. */
  readonly expiresAt: bigint;
}

const types = {
  ApiKeyRequest: [
    { name: "session", type: "bytes32" },
    { name: "expiresAt", type: "uint64" },
  ],
} as const;

/** What the session's owner signs. */
export function apiKeyRequestTypedData(request: ApiKeyRequest, domain: Domain) {
  return { domain: joulemintDomain(domain), types, primaryType: "ApiKeyRequest", message: request } as const;
}

/** The lower-case address whose key signed the request. Throws `INVALID_API_KEY` for a signature that no key can have made. */
export async function recoverApiKeyRequestSigner(
  request: ApiKeyRequest,
  signature: Hex,
  domain: Domain,
): Promise<Address> {
  try {
    const signer = await recoverTypedDataAddress({ ...apiKeyRequestTypedData(request, domain), signature });
    return signer.toLowerCase() as Address;
  } catch (cause) {
    throw new JoulemintError("INVALID_API_KEY", { field: "signature", actual: signature }, { cause });
  }
}
