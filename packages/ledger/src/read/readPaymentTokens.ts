import type { Reader } from "./Reader.ts";

export interface PaymentTokenRecord {
  readonly address: string;
  readonly symbol: string;
  readonly decimals: number;
}

/** The payment tokens at these addresses, in any order; unknown ones are left out. */
export function readPaymentTokens(reader: Reader, addresses: readonly string[]): Promise<PaymentTokenRecord[]> {
  return reader
    .selectFrom("payment_token")
    .select(["address", "symbol", "decimals"])
    .where("address", "in", addresses)
    .execute();
}
