import type { IncomingMessage } from "node:http";
import type { PlacedHold } from "@joulemint/ledger/holds";
import type { OfferingInService } from "@joulemint/ledger/servedOfferings";
import { checkpoints } from "@joulemint/protocol/checkpoints";
import { newEventId } from "@joulemint/protocol/eventId";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Tier } from "@joulemint/protocol/Tier";
import { inputBound } from "../inputBound.ts";
import { bearerToken } from "./bearerToken.ts";
import type { Call } from "./Call.ts";
import type { ChatRequest } from "./ChatRequest.ts";
import type { GatewayContext } from "./GatewayContext.ts";
import { parseJsonObject } from "./parseJsonObject.ts";
import { type HoldPlan, payableLimit, planHold } from "./planHold.ts";
import { readBody } from "./readBody.ts";
import { readChatRequest } from "./readChatRequest.ts";
import { hexDigest, readSalt, saltedHash } from "./salt.ts";

/** A hold outlives its call's deadline by this much, so that a slow capture still finds it open. */
const HOLD_MARGIN_MS = 60_000;

/** OpenAI's words for our tiers, because stock clients can type no others. */
const TIER_OF_SERVICE_TIER: Readonly<Record<string, Tier>> = {
  realtime: "realtime",
  priority: "realtime",
  standard: "standard",
  default: "standard",
  batch: "batch",
  flex: "batch",
};

/**
 * Reads a request, checks it, and places its hold. Whatever fails here fails before anything reached the upstream.
 * Throws INVALID_API_KEY, BODY_TOO_LARGE, BAD_REQUEST, MODEL_NOT_FOUND, OFFERING_EXPIRED, TIER_NOT_OFFERED,
 * RATE_CARD_UNKNOWN, and all that `Holds.place` throws.
 */
export async function admitCall(context: GatewayContext, request: IncomingMessage): Promise<Call> {
  const startedAt = BigInt(Date.now());
  const { session, served } = await context.findKeyHolder(bearerToken(request));
  const salt = readSalt(request.headers["x-joulemint-salt"]);
  const bytes = await readBody(request, context.limits.bodyBytes, context.closing);
  const chat = readChatRequest(parseJsonObject(bytes));
  if (chat.model !== served.modelName) {
    throw new JoulemintError("MODEL_NOT_FOUND", { expected: served.modelName, actual: chat.model });
  }
  checkNotExpired(served, startedAt);
  checkTier(chat.serviceTier, served.tier);
  const bounds = {
    inputBound: boundInput(chat, context),
    outputLimit: chat.outputLimit ?? served.defaultOutputLimit,
    choices: chat.choices,
  };
  const { rateCard } = served;
  const plan = planHold(bounds, { stream: chat.stream, firstGrant: context.limits.firstGrant, rateCard });
  const id = newEventId();
  const hold = await placeHold(context, { id, session, ...plan });
  checkpoints.holdPlaced.publish({ id });
  // A stream's hold grows with it, so nothing is lowered.
  const outputLimit = chat.stream ? bounds.outputLimit : payableLimit(bounds, { amount: hold.amount, rateCard });
  return {
    id,
    session,
    served,
    request: chat,
    held: hold.amount,
    fence: hold.fence,
    inputBound: bounds.inputBound,
    outputBound: outputLimit * chat.choices,
    outputLimit,
    limitLowered: outputLimit < bounds.outputLimit,
    salt,
    requestHash: hexDigest(saltedHash(salt).update(bytes)),
    startedAt,
  };
}

async function placeHold(
  { holds, limits }: GatewayContext,
  wanted: HoldPlan & { readonly id: string; readonly session: string },
): Promise<PlacedHold> {
  try {
    return await holds.place({ ...wanted, ttlMs: limits.callMs + HOLD_MARGIN_MS });
  } catch (error) {
    // It may have been written, and only its answer lost: then nobody else knows of it.
    if (isJoulemintError(error, "LEDGER_UNAVAILABLE")) holds.void(wanted.id).catch(() => {});
    throw error;
  }
}

/** The chain settles vouchers for ever, and cannot tell when what they stand for was used. */
function checkNotExpired({ offering, expiresAt }: OfferingInService, now: bigint): void {
  if (expiresAt === 0n || now < (expiresAt + 1n) * 1_000n) return;
  throw new JoulemintError("OFFERING_EXPIRED", { offering, expiresAt });
}

function checkTier(asked: string | null, offered: Tier): void {
  if (asked === null || asked === "auto") return;
  if (!Object.hasOwn(TIER_OF_SERVICE_TIER, asked) || TIER_OF_SERVICE_TIER[asked] !== offered) {
    throw new JoulemintError("TIER_NOT_OFFERED", { expected: offered, actual: asked.slice(0, 40) });
  }
}

function boundInput(chat: ChatRequest, { limits }: GatewayContext): bigint {
  try {
    return inputBound({ ...chat.body, messages: chat.messages }, limits);
  } catch (error) {
    // JSON can be parsed deeper than it can be written.
    if (error instanceof RangeError) {
      throw new JoulemintError("BAD_REQUEST", { field: "body", expected: "JSON nested less deeply" }, { cause: error });
    }
    throw error;
  }
}
