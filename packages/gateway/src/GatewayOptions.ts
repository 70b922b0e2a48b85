import type { Ledger } from "@joulemint/ledger/Ledger";
import type { Domain } from "@joulemint/protocol/Domain";
import type { LocalAccount } from "viem";
import type { EnergyMeter } from "./EnergyMeter.ts";
import type { GatewayLimits } from "./GatewayLimits.ts";
import type { Logger } from "./Logger.ts";

export interface UpstreamOptions {
  /** Base URL of an OpenAI-compatible server. Without a path it gets `/v1`; with one it is used as it is. */
  readonly url: string;
  readonly apiKey?: string;
  /**
   * Ask for usage on every chunk of a stream, so that an early end is charged by the engine's own count. vLLM, SGLang
   * and the twin know it; other servers may refuse the request. Default: false.
   */
  readonly continuousUsage?: boolean;
  /** What the server calls its output limit. Default: `max_tokens`, which all but OpenAI's own newest models take. */
  readonly outputLimitField?: "max_tokens" | "max_completion_tokens";
}

export interface GatewayOptions {
  /** Stays open when the gateway closes. */
  readonly ledger: Ledger;
  readonly upstream: UpstreamOptions;
  /** Signs receipts. */
  readonly receiptAccount: LocalAccount;
  /** The `Credits` contract whose sessions pay. */
  readonly domain: Domain;
  /** Default: `unknownEnergy`. The gateway closes it. */
  readonly energy?: EnergyMeter;
  /** Of this gateway, for people. Default: one made up from the process id. */
  readonly name?: string;
  /** Milliseconds that the gateway may be silent before others give its holds back. Default: 15,000. */
  readonly leaseMs?: number;
  readonly limits?: Partial<GatewayLimits>;
  /** Default: silent. */
  readonly logger?: Logger;
}
