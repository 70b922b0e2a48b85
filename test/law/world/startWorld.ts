import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createApi } from "@joulemint/api/createApi";
import { createIndexer, type Indexer } from "@joulemint/chain/Indexer";
import { createSettler, type Settler } from "@joulemint/chain/Settler";
import { createGateway } from "@joulemint/gateway/createGateway";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { serveOffering } from "@joulemint/ledger/servedOfferings";
import type { LocalAccount } from "viem";
import { RandomSource } from "../RandomSource.ts";
import { accountOf } from "./Party.ts";
import { type Market, startMarket } from "./startMarket.ts";
import { startScriptedUpstream } from "./startScriptedUpstream.ts";

/** A market and a whole factory in this process: real chain, ledger, gateway, indexer, settler and GraphQL. */
export interface World extends Omit<Market, "close"> {
  readonly random: RandomSource;
  readonly ledger: Ledger;
  readonly indexer: Indexer;
  readonly settler: Settler;
  readonly metering: LocalAccount;
  readonly url: string;
  /** Block of the last transaction that the test sent. */
  minedBlock: bigint;
  /** Until the ledger has everything that was mined. */
  indexed(): Promise<void>;
  close(): Promise<void>;
}

/** The ledger must be empty, and stays open. */
export async function startWorld(seed: number, ledger: Ledger): Promise<World> {
  const market = await startMarket(seed);
  const { client, domain, books, parties } = market;
  const [metering, receipt] = [accountOf(seed, "metering"), accountOf(seed, "receipt")];
  const indexer = createIndexer({ ledger, client, credits: domain.credits, meteringKey: metering.address });
  await indexer.start();
  for (const { id, modelName, rateCard } of books.offerings) {
    const served = { offering: id, modelName, upstreamModel: "scripted", rateCard, defaultOutputLimit: 100n };
    await serveOffering(ledger, served);
  }
  // Not started: it settles when the test says so.
  const account = parties.settler.wallet.account;
  const settler = createSettler({ ledger, client, indexer, domain, account, meteringAccount: metering });

  const upstream = await startScriptedUpstream();
  const gateway = createGateway({
    ledger,
    domain,
    receiptAccount: receipt,
    upstream: { url: upstream.url, continuousUsage: true },
  });
  const api = createApi({ ledger });
  const server = createServer(async (request, response) => {
    if (await gateway.handle(request, response)) return;
    if (!(await api.handle(request, response))) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const world: World = {
    ...market,
    random: new RandomSource(seed),
    ledger,
    indexer,
    settler,
    metering,
    url: `http://127.0.0.1:${port}`,
    minedBlock: await client.getBlockNumber(),
    indexed: () => indexer.waitFor(world.minedBlock),
    async close() {
      await gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await upstream.close();
      await settler.stop();
      await indexer.stop();
      await market.close();
    },
  };
  return world;
}
