import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { createApi } from "@joulemint/api/createApi";
import { createExport } from "@joulemint/api/createExport";
import { createIndexer, type Indexer } from "@joulemint/chain/Indexer";
import { createSettler, type Settler } from "@joulemint/chain/Settler";
import { createGateway } from "@joulemint/gateway/createGateway";
import type { Ledger } from "@joulemint/ledger/Ledger";
import type { Fuse } from "./Fuse.ts";
import { fusedClient } from "./fusedClient.ts";
import { fusedLedger } from "./fusedLedger.ts";
import { accountOf } from "./Party.ts";
import type { Market } from "./startMarket.ts";
import { startScriptedUpstream } from "./startScriptedUpstream.ts";

/** One incarnation of the factory: gateway, indexer, settler and GraphQL, in this process. */
export interface Factory {
  readonly url: string;
  readonly indexer: Indexer;
  readonly settler: Settler;
  readonly fuse: Fuse;
  /** What the settler could not do at once. */
  readonly complaints: readonly string[];
  /** In order. */
  close(): Promise<void>;
}

/** The keys that every incarnation has: of its vouchers, and of its receipts. */
export const meteringAccount = accountOf("metering");
export const receiptAccount = accountOf("receipt");

/** Whoever waits for a block hurries the indexer; otherwise it takes many at once. */
const INDEX_EVERY_MS = 500;
/** A chain that stays shorter for so long has lost its blocks. */
const BEHIND_TOLERANCE_MS = 50;
/** Far more than a seed takes: a gateway that lives is never too late here, and a dead one is helped along. */
const LEASE_MS = 600_000;
/** The settler settles when it is told to, and when it has to by itself: at its start, and after a reorg. */
const SETTLE_EVERY_MS = 3_600_000;

/** Starts a factory on a ledger that stays open. When the fuse blows on the way, this never resolves. */
export async function startFactory(
  market: Pick<Market, "rpc" | "url" | "domain" | "parties">,
  shared: Ledger,
  fuse: Fuse,
): Promise<Factory> {
  const { domain, parties } = market;
  const ledger = fusedLedger(shared, fuse);
  const client = fusedClient(market.rpc, market.url, domain.chainId, fuse);
  const indexer = createIndexer({
    ledger,
    client,
    credits: domain.credits,
    meteringKey: meteringAccount.address,
    intervalMs: INDEX_EVERY_MS,
    behindToleranceMs: BEHIND_TOLERANCE_MS,
  });
  await indexer.start();
  const { account } = parties.settler;
  const complaints: string[] = [];
  const note = (message: string, details?: object) => void complaints.push(`${message}: ${inspect(details)}`);
  const settling = { ledger, client, indexer, domain, account, meteringAccount, intervalMs: SETTLE_EVERY_MS };
  const settler = createSettler({ ...settling, logger: { info: () => {}, warn: note, error: note } });
  await settler.start();

  const upstream = await startScriptedUpstream(fuse);
  const gateway = await createGateway({
    ledger,
    domain,
    receiptAccount,
    upstream: { url: upstream.url, continuousUsage: true },
    leaseMs: LEASE_MS,
  });
  const api = createApi({ ledger });
  const exported = createExport({ ledger, domain, onError: (error) => console.error(error) });
  const server = createServer(async (request, response) => {
    if ((await gateway.handle(request, response)) || (await exported.handle(request, response))) return;
    if (!(await api.handle(request, response))) response.writeHead(404).end();
  });
  fuse.onBlow(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    indexer,
    settler,
    fuse,
    complaints,
    async close() {
      await gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await upstream.close();
      await settler.stop();
      await indexer.stop();
    },
  };
}
