import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";
import type { Context } from "../Context.ts";
import { decimal } from "../decimal.ts";

interface AmountShape {
  readonly raw: bigint;
  readonly decimals: number;
  readonly symbol: string;
}

export const Amount = builder.interfaceRef<AmountShape>("Amount").implement({
  description: "An exact amount: `raw` / 10^`decimals` of what `symbol` says.",
  fields: (t) => ({
    raw: t.expose("raw", { type: "BigInt", description: "In the smallest unit." }),
    decimals: t.exposeInt("decimals"),
    symbol: t.exposeString("symbol"),
    display: t.field({ type: "Decimal", resolve: ({ raw, decimals }) => decimal(raw, decimals) }),
  }),
});

export const Money = builder.objectRef<AmountShape & { readonly token: string }>("Money").implement({
  description: "An amount of a payment token, in its base units.",
  interfaces: [Amount],
  fields: (t) => ({ token: t.expose("token", { type: "Address", description: "The payment token." }) }),
});

export const Credits = builder.objectRef<AmountShape>("Credits").implement({
  description: "An amount of an offering's credits, in millicredits. Credits of two offerings never mix.",
  interfaces: [Amount],
});

export const ShareAmount = builder.objectRef<AmountShape>("ShareAmount").implement({
  description: "A number of a model's shares.",
  interfaces: [Amount],
});

export const credits = (raw: bigint): AmountShape => ({ raw, decimals: 3, symbol: "credit" });

const SHARE_DECIMALS = 6;
export const shareAmount = (raw: bigint, symbol: string): AmountShape => ({ raw, decimals: SHARE_DECIMALS, symbol });

/** An amount of a payment token; its symbol and decimals come from the ledger. */
export async function money(context: Context, token: string, raw: bigint) {
  const known = await context.load.paymentToken(token);
  if (known === undefined) throw new JoulemintError("INTERNAL", { reason: "payment token without a row", token });
  return { raw, token, decimals: known.decimals, symbol: known.symbol };
}
