import type { Reader } from "@joulemint/ledger/read/Reader";
import { type CumulativeKey, readCoveringSettlements } from "@joulemint/ledger/read/readCoveringSettlements";
import { readModels } from "@joulemint/ledger/read/readModels";
import { readOfferings } from "@joulemint/ledger/read/readOfferings";
import { readPaymentTokens } from "@joulemint/ledger/read/readPaymentTokens";
import { readReceipts } from "@joulemint/ledger/read/readReceipts";
import { type ReleaseRecord, readReleases, type SettlementKey } from "@joulemint/ledger/read/readReleases";
import { readSessions } from "@joulemint/ledger/read/readSessions";
import { readSettlementRows, type SettlementRowRecord } from "@joulemint/ledger/read/readSettlementRows";
import { readSettlements } from "@joulemint/ledger/read/readSettlements";
import { readUsageEvents } from "@joulemint/ledger/read/readUsageEvents";
import { batch } from "./batch.ts";
import { groupBy } from "./groupBy.ts";
import { formatSettlementKey, parseSettlementKey } from "./settlementKey.ts";

export type Loaders = ReturnType<typeof createLoaders>;

/** The look-ups by key of one request, each batched and remembered for as long as the request lasts. */
export function createLoaders(reader: () => Promise<Reader>) {
  const byKey = <Row>(read: (reader: Reader, keys: readonly string[]) => Promise<Row[]>, keyOf: (row: Row) => string) =>
    batch<string, Row>(
      String,
      async (keys) => new Map((await read(await reader(), keys)).map((row) => [keyOf(row), row])),
    );
  const cumulativeName = ({ session, cumulative }: CumulativeKey) => `${session}:${cumulative}`;

  return {
    model: byKey(readModels, ({ address }) => address),
    offering: byKey(readOfferings, ({ id }) => id),
    paymentToken: byKey(readPaymentTokens, ({ address }) => address),
    session: byKey(readSessions, ({ id }) => id),
    receipt: byKey(readReceipts, ({ id }) => id),
    usageEvent: byKey(readUsageEvents, ({ id }) => id),
    settlement: byKey((from, keys) => readSettlements(from, keys.map(parseSettlementKey)), formatSettlementKey),
    settlementRows: batch<string, SettlementRowRecord[]>(String, async (keys) => {
      const rows = await readSettlementRows(await reader(), keys.map(parseSettlementKey));
      return groupBy(rows, formatSettlementKey);
    }),
    coveringSettlement: batch<CumulativeKey, string>(cumulativeName, async (keys) => {
      const covering = await readCoveringSettlements(await reader(), keys);
      return new Map(covering.map((row) => [cumulativeName(row), formatSettlementKey(row)]));
    }),
    release: batch<SettlementKey, ReleaseRecord>(formatSettlementKey, async (keys) => {
      const found = await readReleases(await reader(), keys);
      return new Map(found.map(({ settlement, release }) => [formatSettlementKey(settlement), release]));
    }),
  };
}
