import { FINALITY } from "../asOfPlugin.ts";
import { builder } from "../builder.ts";

/** GraphQL enums whose inner values are the ledger's. */
export const Tier = builder.enumType("Tier", {
  description: "A service of its own (scheduling, deadline, SLO), not only a price.",
  values: { REALTIME: { value: "realtime" }, STANDARD: { value: "standard" }, BATCH: { value: "batch" } } as const,
});

export const SessionState = builder.enumType("SessionState", {
  values: {
    OPEN: { value: "open" },
    CLOSING: { value: "closing", description: "A close was requested: no new calls." },
    CLOSED: { value: "closed" },
    SUSPENDED: {
      value: "suspended",
      description:
        "The chain, as of this block, does not have the session: a reorganisation dropped it, or it was opened later. " +
        "No new calls; all comes back when it is mined again.",
    },
  } as const,
});

export const UsageProvenance = builder.enumType("UsageProvenance", {
  description: "Where the token counts of a call come from.",
  values: {
    FINAL: { value: "final", description: "The inference server's own, at the end." },
    CONTINUOUS: { value: "continuous", description: "The inference server's own, the last before an abort." },
    PROVIDER_ASYNC: { value: "provider_async", description: "The provider's, reported afterwards." },
    COUNTED: { value: "counted", description: "Counted by the gateway, because upstream said nothing." },
  } as const,
});

export const EnergyProvenance = builder.enumType("EnergyProvenance", {
  description: "Where a call's joules come from.",
  values: {
    MEASURED: { value: "measured" },
    MODELLED: { value: "modelled" },
    DECLARED: { value: "declared" },
    UNKNOWN: { value: "unknown", description: "There is no figure; that is not 0." },
  } as const,
});

export const RowReason = builder.enumType("RowReason", {
  description: "What a settlement did with one voucher.",
  values: {
    OK: { value: "ok" },
    CLAMPED: { value: "clamped", description: "Consumed up to the cap of the session; the voucher stays good." },
    STALE: { value: "stale", description: "Skipped: the session was already settled that far." },
    BAD_SIGNATURE: { value: "bad_signature", description: "Skipped." },
    UNKNOWN_SESSION: { value: "unknown_session", description: "Skipped: never opened, or closed." },
  } as const,
});

export const ClaimRole = builder.enumType("ClaimRole", {
  values: { OPERATOR: { value: "operator" }, TREASURY: { value: "treasury" }, HOLDER: { value: "holder" } } as const,
});

export const ListOrder = builder.enumType("ListOrder", {
  values: {
    NEWEST: { value: "newest", description: "The newest first." },
    KEY: {
      value: "key",
      description: "Ascending by id; receipts by session and sequence, settlements by position. To read a whole list.",
    },
  } as const,
});

export const Interval = builder.enumType("Interval", {
  description: "The width of a bucket; buckets start at whole multiples since 1970-01-01T00:00:00Z. In seconds inside.",
  values: {
    MINUTE: { value: 60 },
    FIVE_MINUTES: { value: 300 },
    HOUR: { value: 3600 },
    DAY: { value: 86_400 },
  } as const,
});

export const Finality = builder.enumType(FINALITY, {
  description:
    "How final a block is, as the chain tags its blocks. FINALITY_UNKNOWN where the chain has not tagged one yet, or the " +
    "ledger keeps no state as old as that block.",
  values: {
    LATEST: { description: "The last block that the ledger has taken in; a reorganisation may drop it." },
    SAFE: { description: "Unlikely to be dropped." },
    FINALIZED: { description: "Never dropped." },
  },
});
