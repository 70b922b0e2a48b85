import type { Captures } from "@joulemint/ledger/captures";
import type { Holds } from "@joulemint/ledger/holds";
import type { Ledger } from "@joulemint/ledger/Ledger";
import type { Lease } from "@joulemint/ledger/openLease";
import type { Domain } from "@joulemint/protocol/Domain";
import type { EnergyMeter } from "../EnergyMeter.ts";
import type { GatewayLimits } from "../GatewayLimits.ts";
import type { UpstreamOptions } from "../GatewayOptions.ts";
import type { Logger } from "../Logger.ts";
import type { CallAbort } from "./CallAbort.ts";
import type { ReceiptSigner } from "./createReceiptSigner.ts";
import type { Upstream } from "./createUpstream.ts";
import type { KeyHolder } from "./KeyHolder.ts";

export interface RunningCall {
  readonly abort: CallAbort;
  /** The gateway's run under which its hold was placed. */
  readonly fence: bigint;
}

/** What the routes of one gateway share. */
export interface GatewayContext {
  readonly ledger: Ledger;
  readonly domain: Domain;
  readonly limits: GatewayLimits;
  readonly logger: Logger;
  readonly upstreamOptions: UpstreamOptions;
  readonly upstream: Upstream;
  readonly lease: Lease;
  readonly holds: Holds;
  readonly captures: Captures;
  readonly signer: ReceiptSigner;
  readonly energy: EnergyMeter;
  /** Whose key this is. Throws INVALID_API_KEY, MODEL_NOT_FOUND, RATE_CARD_UNKNOWN, LEDGER_UNAVAILABLE. */
  readonly findKeyHolder: (apiKey: string) => Promise<KeyHolder>;
  /** Aborts when the gateway begins to drain; its reason is what new calls are answered from then on. */
  readonly closing: AbortSignal;
  /** Calls in flight, by the id that their receipts will have. */
  readonly calls: Map<string, RunningCall>;
}
