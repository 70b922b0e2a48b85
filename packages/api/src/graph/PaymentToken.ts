import { builder } from "../builder.ts";
import { PaymentToken } from "../refs.ts";

builder.objectType(PaymentToken, {
  description: "The ERC-20 that an offering is sold for.",
  fields: (t) => ({
    address: t.expose("address", { type: "Address" }),
    symbol: t.exposeString("symbol"),
    decimals: t.exposeInt("decimals"),
  }),
});
