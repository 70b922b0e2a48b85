import type { CapturedCall } from "../captures.ts";
import { testHash } from "./testHex.ts";

/** A call as a gateway would capture it, with small numbers that all differ. */
export function testCall(holdId: string, charge: bigint, changes: Partial<CapturedCall> = {}): CapturedCall {
  return {
    holdId,
    charge,
    requestHash: testHash(`request ${holdId}`),
    responseHash: testHash(`response ${holdId}`),
    tier: "realtime",
    input: 11n,
    cachedInput: 5n,
    cacheWrite: 3n,
    output: 7n,
    reasoning: 2n,
    produced: 9n,
    delivered: 8n,
    usageProvenance: "final",
    rateCardHash: testHash("rate card"),
    energyMillijoules: 1234n,
    energyProvenance: "modelled",
    finishReason: "stop",
    flags: [],
    startedAt: 1_700_000_000_123n,
    endedAt: 1_700_000_001_456n,
    ...changes,
  };
}
