import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { LockedMeter } from "./lockMeters.ts";

/** Why a meter cannot hold `amount` millicredits now; `null` when it can. */
export function refuseHold(session: string, amount: bigint, meter: LockedMeter | undefined): JoulemintError | null {
  if (meter === undefined) return new JoulemintError("SESSION_NOT_FOUND", { session });
  // Whatever the chain says by now: with the operator's consent the owner may close at any moment, without a request.
  if (meter.close_consent !== null) return new JoulemintError("SESSION_CLOSING", { session, state: meter.state });
  if (meter.state === "suspended") return new JoulemintError("SESSION_SUSPENDED", { session });
  if (meter.state !== "open") return new JoulemintError("SESSION_CLOSING", { session, state: meter.state });
  const { available, held, charged } = meter;
  const money = { needed: String(amount), available: String(available), onHold: String(held) };
  // Neither a voucher nor patience would help.
  if (amount > available + held) return new JoulemintError("INSUFFICIENT_CREDIT", money);
  if (meter.consumer_signed && charged > meter.voucher_cumulative) {
    const due = { cumulative: String(charged), receiptsHead: meter.receipts_head };
    return new JoulemintError("VOUCHER_REQUIRED", { session, ...due, signed: String(meter.voucher_cumulative) });
  }
  // A consumer who signs for itself may run ahead of its vouchers by one hold, and this one is in flight.
  const ahead = meter.consumer_signed && charged + held > meter.voucher_cumulative;
  if (ahead || amount > available) return new JoulemintError("CREDIT_ON_HOLD", money);
  return null;
}
