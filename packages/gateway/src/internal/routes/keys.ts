import type { IncomingMessage, ServerResponse } from "node:http";
import { createApiKey } from "@joulemint/ledger/apiKeys";
import { recoverApiKeyRequestSigner } from "@joulemint/protocol/apiKeyRequest";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Hex } from "viem";
import type { GatewayContext } from "../GatewayContext.ts";
import { ledgerCall } from "../ledgerCall.ts";
import { parseJsonObject } from "../parseJsonObject.ts";
import { readBody } from "../readBody.ts";
import { readHex } from "../readHex.ts";
import { readSession } from "../readSession.ts";
import { sendJson } from "../sendJson.ts";

const BODY_BYTES = 4_096;
const LONGEST_LABEL = 100;
/** Whoever sees a signed request can make keys with it until it expires, so it must expire. */
const LONGEST_LIFE_SECONDS = 366 * 24 * 60 * 60;

/**
 * POST /sessions/:id/keys { expiresAt, signature, label? }: makes an API key that spends from the session, for its owner,
 * who signs an `ApiKeyRequest`. `expiresAt` is in unix seconds, at most a year ahead. Answers { apiKey, expiresAt }; the
 * key is shown this once. Throws SESSION_NOT_FOUND, SESSION_CLOSING, BAD_REQUEST, and INVALID_API_KEY for another signer.
 */
export async function createKey(
  context: GatewayContext,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const body = parseJsonObject(await readBody(request, BODY_BYTES, context.closing));
  const expiresAt = readExpiry(body.expiresAt);
  const label = readLabel(body.label);
  const signature = readHex(body, "signature", [64, 65]);
  const { id: session, owner, state } = await readSession(context.ledger, id);
  const signer = await recoverApiKeyRequestSigner({ session: session as Hex, expiresAt }, signature, context.domain);
  if (signer !== owner)
    throw new JoulemintError("INVALID_API_KEY", { field: "signature", expected: owner, actual: signer });
  if (state !== "open") throw new JoulemintError("SESSION_CLOSING", { session, state });
  const expires = new Date(Number(expiresAt) * 1_000);
  const apiKey = await ledgerCall(createApiKey(context.ledger, { session, label, expiresAt: expires }));
  sendJson(response, 200, { apiKey, expiresAt: Number(expiresAt) });
}

function readExpiry(value: unknown): bigint {
  const seconds = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  const now = Math.floor(Date.now() / 1_000);
  if (
    typeof seconds === "number" &&
    Number.isInteger(seconds) &&
    seconds > now &&
    seconds <= now + LONGEST_LIFE_SECONDS
  ) {
    return BigInt(seconds);
  }
  throw new JoulemintError("BAD_REQUEST", { field: "expiresAt", expected: "unix seconds, at most a year ahead" });
}

function readLabel(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string" && value.length <= LONGEST_LABEL) return value;
  throw new JoulemintError("BAD_REQUEST", { field: "label", expected: `text of at most ${LONGEST_LABEL} characters` });
}
