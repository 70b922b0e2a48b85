import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Dispatcher, Pool } from "undici";
import type { GatewayLimits } from "../GatewayLimits.ts";
import type { UpstreamOptions } from "../GatewayOptions.ts";
import { upstreamUrl } from "../upstreamUrl.ts";
import { errorMessage } from "./errorMessage.ts";
import { readAll } from "./readAll.ts";

export type UpstreamAnswer = Dispatcher.ResponseData["body"];

export interface Upstream {
  /**
   * Posts a chat completion and gives the body of its 200 answer. Throws UPSTREAM_UNAVAILABLE if there is no answer,
   * UPSTREAM_ERROR or BAD_REQUEST if there is another one, and the signal's reason if the signal aborts.
   */
  chat(body: string, signal: AbortSignal): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}

const ERROR_BODY_BYTES = 64 * 1024;

/** Statuses by which an upstream says that the caller's request is wrong, not that itself or its operator is. */
const CALLER_AT_FAULT: ReadonlySet<number> = new Set([400, 413, 422]);

export function createUpstream(options: UpstreamOptions, limits: GatewayLimits): Upstream {
  const url = upstreamUrl(options.url, "/chat/completions");
  const pool = new Pool(url.origin, {
    connections: limits.connections,
    connectTimeout: limits.connectMs,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
  });
  const headers = {
    "content-type": "application/json",
    ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
  };
  const path = url.pathname;

  return {
    async chat(body, signal) {
      let answer: Dispatcher.ResponseData;
      try {
        answer = await pool.request({ path, method: "POST", headers, body, signal });
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw new JoulemintError("UPSTREAM_UNAVAILABLE", { reason: errorCode(error) }, { cause: error });
      }
      if (answer.statusCode === 200) return answer.body;
      throw await refusal(answer);
    },
    // Calls have ended or were stopped by then; what is left are idle connections.
    close: () => pool.destroy(),
  };
}

async function refusal(answer: Dispatcher.ResponseData): Promise<JoulemintError> {
  const status = answer.statusCode;
  try {
    const message = errorMessage(JSON.parse((await readAll(answer.body, ERROR_BODY_BYTES)).toString("utf8")));
    // Another status may be the operator's affair: a wrong key, a quota. Its words are not for callers.
    if (CALLER_AT_FAULT.has(status))
      return new JoulemintError("BAD_REQUEST", { upstreamStatus: status, reason: message });
  } catch (error) {
    if (isJoulemintError(error)) return error;
  }
  return new JoulemintError("UPSTREAM_ERROR", { upstreamStatus: status });
}

function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "unknown";
}
