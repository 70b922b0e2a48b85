import { findSessionByApiKey } from "@joulemint/ledger/apiKeys";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { type OfferingInService, readServedOffering } from "@joulemint/ledger/servedOfferings";
import type { Hex } from "viem";
import { ledgerCall } from "./ledgerCall.ts";

/** The session that an API key spends from, and how its offering is served. */
export interface KeyHolder {
  readonly session: Hex;
  readonly served: OfferingInService;
}

/** Throws INVALID_API_KEY, MODEL_NOT_FOUND, RATE_CARD_UNKNOWN, LEDGER_UNAVAILABLE. */
export async function readKeyHolder(ledger: Ledger, apiKey: string): Promise<KeyHolder> {
  const { session, offering } = await ledgerCall(findSessionByApiKey(ledger, apiKey));
  return { session: session as Hex, served: await ledgerCall(readServedOffering(ledger, offering)) };
}
