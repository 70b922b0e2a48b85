import type { ServerResponse } from "node:http";
import { readSignedReceipt } from "@joulemint/ledger/receipts";
import { serializeSignedReceipt } from "@joulemint/protocol/SignedReceipt";
import type { GatewayContext } from "../GatewayContext.ts";
import { ledgerCall } from "../ledgerCall.ts";
import { sendJson } from "../sendJson.ts";

/**
 * GET /receipts/:id: the signed receipt, of a call at any gateway; 202 with RECEIPT_PENDING while its call runs or its
 * signature is due, 410 with CALL_NOT_CHARGED when there will be none. No key is needed: the id has 74 random bits, and
 * whoever verifies a receipt is often somebody else than who made the call.
 */
export async function receipts(context: GatewayContext, response: ServerResponse, id: string): Promise<void> {
  const receipt = await ledgerCall(readSignedReceipt(context.ledger, id, context.domain));
  sendJson(response, 200, serializeSignedReceipt(receipt));
}
