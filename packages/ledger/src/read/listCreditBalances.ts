import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";

/** Credits of one offering in a wallet, in millicredits. */
export interface CreditBalanceRecord {
  readonly offering: string;
  readonly owner: string;
  readonly balance: bigint;
}

/** What wallets hold, or one of them, by offering; empty balances are left out. */
export function listCreditBalances(
  reader: Reader,
  filter: { readonly owner?: string | undefined },
  page: Page<readonly [offering: string, owner: string]>,
): Promise<CreditBalanceRecord[]> {
  const { within, order } = paging(["offering", "owner"], "asc", page);
  let query = reader
    .selectFrom("credit_balance")
    .select(["offering", "owner", "balance"])
    .where("balance", ">", 0n)
    .where(within);
  if (filter.owner !== undefined) query = query.where("owner", "=", filter.owner);
  return query.orderBy(order).limit(page.limit).execute();
}
