import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";

/** Credits of one offering in a wallet, in millicredits. */
export interface CreditBalanceRecord {
  readonly offering: string;
  readonly balance: bigint;
}

/** What a wallet holds, offering by offering; empty balances are left out. */
export function listCreditBalances(
  reader: Reader,
  owner: string,
  page: Page<readonly [offering: string]>,
): Promise<CreditBalanceRecord[]> {
  const { within, order } = paging(["offering"], "asc", page);
  return reader
    .selectFrom("credit_balance")
    .select(["offering", "balance"])
    .where("owner", "=", owner)
    .where("balance", ">", 0n)
    .where(within)
    .orderBy(order)
    .limit(page.limit)
    .execute();
}
