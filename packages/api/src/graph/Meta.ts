import type { SnapshotHead } from "@joulemint/ledger/read/Snapshot";
import { builder } from "../builder.ts";
import { Finality } from "./enums.ts";

const Meta = builder.objectRef<SnapshotHead>("Meta").implement({
  description: "The state of the chain that this answer speaks of: all fields of one request agree on it.",
  fields: (t) => ({
    block: t.expose("number", { type: "BigInt" }),
    hash: t.expose("hash", { type: "Hex" }),
    timestamp: t.expose("timestamp", { type: "DateTime", description: "Of the block." }),
    finality: t.expose("finality", {
      type: Finality,
      description: "Of this block: at least what `asOf` named.",
    }),
    indexedAt: t.field({
      type: "DateTime",
      description: "When this snapshot was read: the block was the last one that the ledger had taken in.",
      resolve: (_head, _args, { now }) => now,
    }),
    lagMs: t.field({
      type: "BigInt",
      description: "How long before this request the block was made, in milliseconds.",
      resolve: ({ timestamp }, _, { now }) => BigInt(Math.max(0, now.getTime() - timestamp.getTime())),
    }),
  }),
});

builder.queryField("meta", (t) =>
  t.field({
    type: Meta,
    nullable: true,
    description: "null before the first block is indexed.",
    resolve: (_, _args, { snapshot }) => snapshot.head(),
  }),
);
