import type { Ledger } from "@joulemint/ledger/Ledger";
import { expect } from "vitest";
import type { CallAnswer } from "./callGateway.ts";
import { type MeterState, readMeterLog } from "./meterLog.ts";
import { AFFORDABLE, type SeedRun } from "./runSeed.ts";

const ZERO_HASH = `0x${"0".repeat(64)}`;
/** Between writing a row and its commit, on a busy machine: until then others still saw the state before. */
const COMMIT_MS = 1_000;

/** What has to be true of a session when a seed has spent it, whatever was killed on the way. */
export async function checkSeed({ db }: Ledger, run: SeedRun): Promise<void> {
  const { session, price, answers } = run;
  const cap = price * AFFORDABLE;
  const meter = await db.selectFrom("meter").selectAll().where("session", "=", session).executeTakeFirstOrThrow();
  expect(meter).toMatchObject({ available: 0n, held: 0n, charged: cap, sequence: AFFORDABLE });

  const receipts = await db
    .selectFrom("receipt")
    .select(["id", "sequence", "previous", "hash", "charge", "cumulative", "body"])
    .where("session", "=", session)
    .orderBy("sequence")
    .execute();
  let previous = ZERO_HASH;
  for (const [index, receipt] of receipts.entries()) {
    const sequence = BigInt(index + 1);
    expect(receipt).toMatchObject({ sequence, previous, charge: price, cumulative: sequence * price });
    previous = receipt.hash;
  }
  expect(receipts).toHaveLength(Number(AFFORDABLE));
  expect(meter.receipts_head).toBe(previous);

  const holds = await db.selectFrom("hold").select(["id", "state"]).where("session", "=", session).execute();
  const states = new Map(holds.map(({ id, state }) => [id, state]));
  const charged = new Set(receipts.map(({ id }) => id));
  expect(new Set(holds.filter(({ state }) => state === "captured").map(({ id }) => id))).toEqual(charged);
  expect(holds.filter(({ state }) => state === "open")).toEqual([]);
  for (const { receipt, ending, stream } of answers) {
    // A stream's last byte leaves before its charge is written: what a lost hold paid for is the operator's loss.
    if (ending.kind === "served")
      expect(stream ? ["captured", "expired"] : ["captured"]).toContain(states.get(receipt ?? ""));
    else if (ending.kind === "refused") expect(receipt).toBeNull();
    // Whoever was promised a receipt gets it, or is told that nothing was charged.
    else if (receipt !== null) expect(["captured", "voided", "expired"]).toContain(states.get(receipt));
  }
  checkRefusals(answers, await readMeterLog({ db } as Ledger, session), run);
}

/**
 * Nobody is refused whom the balance of that instant could have paid for: the figures of a refusal are too small, and the
 * meter did have them while the call was being decided.
 */
function checkRefusals(answers: readonly CallAnswer[], log: readonly MeterState[], { price, session }: SeedRun): void {
  for (const { from, to, ending } of answers) {
    if (ending.kind !== "refused") continue;
    const { needed, available, onHold } = ending.error;
    expect(needed, session).toBe(String(price));
    expect(BigInt(String(available)), session).toBeLessThan(price);
    const seen = log.some((state, index) => {
      const until = (log[index + 1]?.at ?? Number.POSITIVE_INFINITY) + COMMIT_MS;
      const same = String(state.available) === available && String(state.held) === onHold;
      return same && state.at <= to && until >= from;
    });
    expect(seen, `${JSON.stringify(ending.error)} was never so between ${from} and ${to}`).toBe(true);
  }
}
