import type { IncomingMessage, ServerResponse } from "node:http";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import { admitCall } from "../admitCall.ts";
import { answerJson } from "../answerJson.ts";
import { answerStream } from "../answerStream.ts";
import type { Call } from "../Call.ts";
import { CallAbort } from "../CallAbort.ts";
import type { CallOutcome } from "../CallOutcome.ts";
import { captureCall } from "../captureCall.ts";
import { capturedCall } from "../capturedCall.ts";
import { forbidRetry } from "../forbidRetry.ts";
import type { GatewayContext } from "../GatewayContext.ts";
import { upstreamBody } from "../upstreamBody.ts";

/**
 * POST /v1/chat/completions: hold, dispatch, capture, answer. The answer names its receipt in `x-joulemint-receipt` and
 * the salt of its hashes in `x-joulemint-salt`.
 */
export async function chatCompletions(
  context: GatewayContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = await admitCall(context, request);
  if (context.closing.aborted) {
    await voidHold(context, call);
    throw context.closing.reason;
  }
  // A stream tells what it used as it goes; another answer only at its end.
  const abort = new CallAbort(response, { deadlineMs: context.limits.callMs, goesOn: !call.request.stream });
  context.calls.set(call.id, abort);
  try {
    await serve(context, call, abort, response);
  } catch (error) {
    throw abort.reason === null ? error : stopped(abort, error);
  } finally {
    abort.dispose();
    context.calls.delete(call.id);
  }
}

async function serve(context: GatewayContext, call: Call, abort: CallAbort, response: ServerResponse): Promise<void> {
  const { limits, upstream, upstreamOptions } = context;
  const headers = { "x-joulemint-receipt": call.id, "x-joulemint-salt": call.salt.toString("hex") };
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

  const outputLimit = call.request.outputLimit ?? call.served.defaultOutputLimit;
  const dispatched = upstreamBody(call.request, { ...call.served, outputLimit }, upstreamOptions);
  const body = await orVoid(upstream.chat(dispatched, abort.signal));
  if (call.request.stream) {
    const { outcome, end } = await orVoid(answerStream(call, body, { response, headers, abort, limits }));
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
  const energy = await context.energy.attribute(outcome.concluded.usage);
  try {
    await captureCall(context.captures, capturedCall(call, outcome, energy));
    context.signer.kick();
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
}

/** Gives the hold back. If that fails it expires by itself, and the caller's answer must not depend on it. */
async function voidHold(context: GatewayContext, call: Call): Promise<void> {
  await context.holds.void(call.id).catch((error: unknown) => {
    context.logger.warn("A hold could not be given back; it expires.", { hold: call.id, error: String(error) });
  });
}

/** Why a call ended that was stopped before anything was sent. */
function stopped(abort: CallAbort, error: unknown): unknown {
  if (isJoulemintError(error)) return error;
  const reason = abort.reason === "deadline" ? "the call took too long" : "the call was stopped";
  return new JoulemintError(abort.reason === "deadline" ? "UPSTREAM_ERROR" : "UPSTREAM_UNAVAILABLE", { reason });
}
