import type { ServerResponse } from "node:http";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { GatewayContext } from "../GatewayContext.ts";
import { sendJson } from "../sendJson.ts";

/**
 * GET /health, for load balancers: 200 while calls are served; 503 with GATEWAY_DRAINING, GATEWAY_FENCED, or
 * LEDGER_UNAVAILABLE when nothing was heard of the ledger for a whole lease. No key.
 */
export function health({ closing, lease }: GatewayContext, response: ServerResponse): void {
  closing.throwIfAborted();
  if (lease.state !== "live") throw new JoulemintError("GATEWAY_FENCED", { state: lease.state });
  if (lease.overdue)
    throw new JoulemintError("LEDGER_UNAVAILABLE", { reason: "no beat got through for a whole lease" });
  sendJson(response, 200, { status: "ok" });
}
