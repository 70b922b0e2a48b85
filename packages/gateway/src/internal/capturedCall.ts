import { rate } from "@joulemint/economics/rate";
import { allInput } from "@joulemint/economics/TokenUsage";
import type { CapturedCall } from "@joulemint/ledger/captures";
import type { Energy } from "../EnergyMeter.ts";
import type { Call } from "./Call.ts";
import type { CallOutcome } from "./CallOutcome.ts";
import { dearestOutput } from "./dearestClass.ts";

/** Above every cap of a session, and still an int8: the ledger cuts a charge at what the session has, and flags it. */
const MAX_CHARGE = 2n ** 62n;

/** Puts together what the ledger writes for a call. A caller never pays for more output than it asked for. */
export function capturedCall(call: Call, outcome: CallOutcome, energy: Energy): CapturedCall {
  const { usage, produced, provenance } = outcome.concluded;
  const flags = new Set([...outcome.concluded.flags, ...outcome.flags]);
  if (allInput(usage) > call.inputBound) flags.add("input_exceeds_bound");
  if (produced > call.outputBound) flags.add("output_exceeds_limit");
  const rated = rate(usage, call.served.rateCard);
  const limit = least(outcome.chargeLimit ?? MAX_CHARGE, mostFor(call, outcome));
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

/** What the call costs if its output is as long as it may be, and of the dearest class. */
function mostFor({ served: { rateCard }, outputBound }: Call, { concluded: { usage, produced } }: CallOutcome): bigint {
  if (produced <= outputBound) return MAX_CHARGE;
  return rate({ ...usage, output: 0n, reasoning: 0n, [dearestOutput(rateCard)]: outputBound }, rateCard);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
