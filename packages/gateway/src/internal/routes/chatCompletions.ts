import type { IncomingMessage, ServerResponse } from "node:http";
import { checkpoints } from "@joulemint/protocol/checkpoints";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { admitCall } from "../admitCall.ts";
import { answerJson } from "../answerJson.ts";
import { answerStream } from "../answerStream.ts";
import type { Call } from "../Call.ts";
import { CallAbort } from "../CallAbort.ts";
import type { CallOutcome } from "../CallOutcome.ts";
import { captureCall } from "../captureCall.ts";
import { capturedCall } from "../capturedCall.ts";
import { extendHold } from "../extendHold.ts";
import { forbidRetry } from "../forbidRetry.ts";
import type { GatewayContext } from "../GatewayContext.ts";
import { stopError } from "../stopError.ts";
import { upstreamBody } from "../upstreamBody.ts";

/**
 * POST /v1/chat/completions: hold, dispatch, capture, answer. Every answer to an admitted call names its receipt in
 * `x-joulemint-receipt`, and what was served has the salt of its hashes in `x-joulemint-salt`.
 */
export async function chatCompletions(
  context: GatewayContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  context.closing.throwIfAborted();
  const call = await admitCall(context, request);
  // An error, too: whoever asks for its receipt learns that nothing was charged.
  if (!response.headersSent) response.setHeader("x-joulemint-receipt", call.id);
  if (context.closing.aborted) {
    await voidHold(context, call);
    throw context.closing.reason;
  }
  // A stream tells what it used as it goes; another answer only at its end.
  const abort = new CallAbort(response, { deadlineMs: context.limits.callMs, goesOn: !call.request.stream });
  context.calls.set(call.id, { abort, fence: call.fence });
  try {
    await serve(context, call, abort, response);
  } catch (error) {
    throw abort.reason === null || isJoulemintError(error) ? error : stopError(abort.reason);
  } finally {
    abort.dispose();
    context.calls.delete(call.id);
  }
}

async function serve(context: GatewayContext, call: Call, abort: CallAbort, response: ServerResponse): Promise<void> {
  const { limits, upstream, upstreamOptions } = context;
  const headers = { "x-joulemint-salt": call.salt.toString("hex") };
  const orVoid = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (abort.reason !== null && abort.reason !== "disconnect") {
        context.logger.error("A call was stopped before its usage was known, and is not charged.", {
          receipt: call.id,
          session: call.session,
          reason: abort.reason,
        });
      }
      await voidHold(context, call);
      throw error;
    }
  };

  const dispatched = upstreamBody(call.request, { ...call.served, outputLimit: call.outputLimit }, upstreamOptions);
  const body = await orVoid(upstream.chat(dispatched, abort.signal));
  if (call.request.stream) {
    const to = { response, headers, abort, limits, extend: extendHold(context.holds, call.id) };
    const { outcome, end } = await orVoid(answerStream(call, body, to));
    try {
      await (outcome === null ? voidHold(context, call) : capture(context, call, outcome, response));
    } finally {
      end();
    }
    return;
  }
  const answer = await orVoid(answerJson(call, body, { abort, limits }));
  await capture(context, call, answer.outcome, response);
  if (response.destroyed) return;
  response.writeHead(200, { "content-type": "application/json", "content-length": answer.bytes.length, ...headers });
  response.end(answer.bytes);
}

async function capture(
  context: GatewayContext,
  call: Call,
  outcome: CallOutcome,
  response: ServerResponse,
): Promise<void> {
  checkpoints.answerEnded.publish({ id: call.id });
  const energy = await context.energy.attribute(outcome.concluded.usage);
  try {
    await captureCall(context.captures, capturedCall(call, outcome, energy));
  } catch (error) {
    context.logger.error("A call was served, but its charge could not be written.", {
      receipt: call.id,
      session: call.session,
      code: isJoulemintError(error) ? error.code : String(error),
    });
    // A retry would be served as well, and perhaps not be charged either.
    forbidRetry(response);
    throw error;
  }
  checkpoints.callCaptured.publish({ id: call.id });
  context.signer.kick();
}

/** Gives the hold back. If that fails it expires by itself, and the caller's answer must not depend on it. */
async function voidHold(context: GatewayContext, call: Call): Promise<void> {
  await context.holds.void(call.id).catch((error: unknown) => {
    context.logger.warn("A hold could not be given back; it expires.", { hold: call.id, error: String(error) });
  });
}
