import type { ChainPosition as Position } from "@joulemint/ledger/read/ChainPosition";
import { builder } from "../builder.ts";

export const ChainPosition = builder.interfaceRef<Position>("ChainPosition").implement({
  description: "Something that a log of the chain proves.",
  fields: (t) => ({
    blockNumber: t.expose("blockNumber", { type: "BigInt" }),
    logIndex: t.exposeInt("logIndex"),
    transactionHash: t.expose("txHash", { type: "Hex" }),
  }),
});
