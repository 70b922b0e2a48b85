import type { IncomingMessage, ServerResponse } from "node:http";
import { storeVoucher, voucherDue } from "@joulemint/ledger/vouchers";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { recoverVoucherSigner, voucherTypedData } from "@joulemint/protocol/Voucher";
import type { Hex } from "viem";
import type { GatewayContext } from "../GatewayContext.ts";
import { ledgerCall } from "../ledgerCall.ts";
import { parseJsonObject } from "../parseJsonObject.ts";
import { readBody } from "../readBody.ts";
import { readHex } from "../readHex.ts";
import { readSession } from "../readSession.ts";
import { sendJson } from "../sendJson.ts";

const BODY_BYTES = 4_096;
const MAX_UINT48 = 2n ** 48n - 1n;

/**
 * GET /sessions/:id/voucher: what the session's signer should sign now, as `eth_signTypedData_v4` takes it, and beside
 * it the session's cap and what was signed already. Amounts in millicredits.
 */
export async function voucherToSign(context: GatewayContext, response: ServerResponse, id: string): Promise<void> {
  const { cap, signer } = await readSession(context.ledger, id);
  const due = await ledgerCall(voucherDue(context.ledger, id));
  const { session, cumulative, receiptsHead, signed } = due;
  const typedData = voucherTypedData({ session, cumulative, receiptsHead }, context.domain);
  sendJson(response, 200, {
    ...typedData,
    message: { session, cumulative: String(cumulative), receiptsHead },
    signer,
    cap: String(cap),
    signed: String(signed),
  });
}

/**
 * POST /sessions/:id/voucher { cumulative, receiptsHead, signature }: gives the gateway a voucher, so that it goes on
 * serving and can settle. Throws SESSION_NOT_FOUND, SESSION_SUSPENDED, BAD_REQUEST, and VOUCHER_INVALID for another
 * signer, or an amount and head that are not those of a receipt. An amount above the cap is taken: a top-up that the
 * chain dropped after it was used may come back, and until then the chain takes as much of a voucher as the cap allows.
 */
export async function acceptVoucher(
  context: GatewayContext,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const body = parseJsonObject(await readBody(request, BODY_BYTES, context.closing));
  const cumulative = readCumulative(body.cumulative);
  const receiptsHead = readHex(body, "receiptsHead", [32]);
  const signature = readHex(body, "signature", [64, 65]);
  const session = await readSession(context.ledger, id);
  const voucher = { session: session.id as Hex, cumulative, receiptsHead };
  const signer = await recoverVoucherSigner(voucher, signature, context.domain);
  if (signer.toLowerCase() !== session.signer) {
    throw new JoulemintError("VOUCHER_INVALID", { field: "signature", expected: session.signer, actual: signer });
  }
  await ledgerCall(storeVoucher(context.ledger, { ...voucher, signature }));
  sendJson(response, 200, { session: session.id, cumulative: String(cumulative), receiptsHead });
}

function readCumulative(value: unknown): bigint {
  // A decimal string is the rule; a number is what a wallet's typed data often turns into.
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === "string" && /^\d{1,15}$/.test(text) && BigInt(text) <= MAX_UINT48) return BigInt(text);
  throw new JoulemintError("BAD_REQUEST", { field: "cumulative", expected: "millicredits as a decimal string" });
}
