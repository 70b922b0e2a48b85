import type { UpstreamOptions } from "../GatewayOptions.ts";
import type { ChatRequest } from "./ChatRequest.ts";

/**
 * The request as the upstream gets it: its own name of the model, one output limit, usage in streams. The tier is the
 * offering's and was checked here; an upstream that knows `service_tier` would price it by its own rules.
 */
export function upstreamBody(
  request: ChatRequest,
  served: { readonly upstreamModel: string; readonly outputLimit: bigint },
  upstream: UpstreamOptions,
): string {
  const {
    service_tier: _tier,
    max_tokens: _limit,
    max_completion_tokens: _newerLimit,
    stream_options: streamOptions,
    ...fields
  } = request.body;
  const usage = {
    ...(streamOptions as object | undefined),
    include_usage: true,
    ...(upstream.continuousUsage === true ? { continuous_usage_stats: true } : {}),
  };
  return JSON.stringify({
    ...fields,
    model: served.upstreamModel,
    [upstream.outputLimitField ?? "max_tokens"]: Number(served.outputLimit),
    // Engines refuse `stream_options` without a stream.
    ...(request.stream ? { stream_options: usage } : {}),
  });
}
