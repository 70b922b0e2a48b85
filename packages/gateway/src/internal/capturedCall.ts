import { rate } from "@joulemint/economics/rate";
import type { CapturedCall } from "@joulemint/ledger/captures";
import type { Energy } from "../EnergyMeter.ts";
import type { Call } from "./Call.ts";
import type { CallOutcome } from "./CallOutcome.ts";

/** Above every cap of a session, and still an int8: the ledger cuts a charge at what the session has, and flags it. */
const MAX_CHARGE = 2n ** 62n;

/** Puts together what the ledger writes for a call. */
export function capturedCall(call: Call, outcome: CallOutcome, energy: Energy): CapturedCall {
  const { usage, produced, provenance } = outcome.concluded;
  const flags = new Set([...outcome.concluded.flags, ...outcome.flags]);
  if (usage.input + usage.cachedInput + usage.cacheWrite > call.inputBound) flags.add("input_exceeds_bound");
  if (produced > call.outputBound) flags.add("output_exceeds_limit");
  const rated = rate(usage, call.served.rateCard);
  const limit = outcome.chargeLimit ?? MAX_CHARGE;
  if (rated > limit) flags.add("capped");
  return {
    holdId: call.id,
    requestHash: call.requestHash,
    responseHash: outcome.responseHash,
    tier: call.served.tier,
    ...usage,
    produced,
    delivered: outcome.delivered,
    usageProvenance: provenance,
    rateCardHash: call.served.rateCardHash,
    charge: rated > limit ? limit : rated,
    energyMillijoules: energy.energyMillijoules,
    energyProvenance: energy.provenance,
    finishReason: outcome.finishReason,
    flags: [...flags].sort(),
    startedAt: call.startedAt,
    endedAt: BigInt(Date.now()),
  };
}
