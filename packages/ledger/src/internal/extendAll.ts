import { sql, type Transaction } from "kysely";
import type { HoldExtension } from "../holds.ts";
import type { Database } from "../schema.ts";
import { lockHolds, refuseUse } from "./lockHolds.ts";
import type { Outcome } from "./microBatch.ts";

/** No call takes more than this part of what is free at once: a session's other calls go on beside it. */
const SHARE = 8n;

/** One batch of extensions, in one transaction. */
export async function extendAll(
  trx: Transaction<Database>,
  extensions: readonly HoldExtension[],
): Promise<Outcome<bigint>[]> {
  const { holds, meters } = await lockHolds(
    trx,
    extensions.map(({ id }) => id),
  );
  const asking = new Map<string, bigint>();
  for (const { id } of extensions) {
    const session = holds.get(id.toLowerCase())?.session ?? "";
    asking.set(session, (asking.get(session) ?? 0n) + 1n);
  }
  const shares = new Map(
    [...meters].map(([session, { available }]) => [session, available / max(SHARE, asking.get(session) ?? 1n)]),
  );
  const granted: { id: string; amount: bigint }[] = [];
  const outcomes = extensions.map(({ id, amount: wanted, atLeast = 1n }): Outcome<bigint> => {
    const hold = holds.get(id.toLowerCase());
    const meter = meters.get(hold?.session ?? "");
    const error = refuseUse(id, hold);
    if (error !== null || hold === undefined || meter === undefined) return { error };
    const amount = min(wanted, meter.available, max(atLeast, shares.get(meter.session) ?? 0n));
    meter.available -= amount;
    if (amount > 0n) granted.push({ id: hold.id, amount });
    return { ok: amount };
  });
  if (granted.length > 0) await write(trx, granted);
  return outcomes;
}

async function write(
  trx: Transaction<Database>,
  granted: readonly { readonly id: string; readonly amount: bigint }[],
): Promise<void> {
  await sql`
    WITH pieces AS (
      SELECT id, sum(amount)::int8 AS amount
      FROM unnest(${granted.map(({ id }) => id)}::uuid[], ${granted.map(({ amount }) => amount)}::int8[]) AS p(id, amount)
      GROUP BY id),
    grown AS (
      UPDATE hold h SET amount = h.amount + p.amount FROM pieces p WHERE h.id = p.id RETURNING h.session, p.amount),
    totals AS (SELECT session, sum(amount)::int8 AS amount FROM grown GROUP BY session)
    UPDATE meter m SET available = m.available - t.amount, held = m.held + t.amount, placed = m.placed + t.amount
    FROM totals t WHERE m.session = t.session`.execute(trx);
}

const min = (...values: readonly bigint[]) => values.reduce((least, value) => (value < least ? value : least));
const max = (a: bigint, b: bigint) => (a > b ? a : b);
