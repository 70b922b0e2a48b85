import type { Kysely } from "kysely";
import type { Reconciliation } from "../../reconcile.ts";
import type { Database } from "../../schema.ts";
import { allChecks } from "./checks.ts";
import { creditBuckets } from "./creditBuckets.ts";
import { creditLaw, moneyLaw } from "./laws.ts";
import { moneyBuckets } from "./moneyBuckets.ts";

/** The reconciliation of what one transaction sees. */
export async function readReconciliation(trx: Kysely<Database>): Promise<Reconciliation> {
  const block = await trx
    .selectFrom("chain_block")
    .select(["number", "hash"])
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  const credits = await creditBuckets(trx);
  const money = await moneyBuckets(trx);
  const { rows: unequal } = await allChecks.execute(trx);
  const discrepancies = [...credits.flatMap(creditLaw), ...money.flatMap(moneyLaw), ...unequal];
  const difference = discrepancies.reduce((sum, discrepancy) => sum + discrepancy.difference, 0n);
  const findings = discrepancies.map(({ difference: _, ...finding }) => finding);
  return { difference: String(difference), block: block ?? null, credits, money, findings };
}
