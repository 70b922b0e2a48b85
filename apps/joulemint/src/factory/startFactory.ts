import { existsSync } from "node:fs";
import { createApi } from "@joulemint/api/createApi";
import { createExport } from "@joulemint/api/createExport";
import type { FactoryCosts } from "@joulemint/api/FactoryCosts";
import { UNKNOWN_COSTS } from "@joulemint/api/FactoryCosts";
import { createIndexer } from "@joulemint/chain/Indexer";
import { startLocalChain } from "@joulemint/chain/localChain";
import { createSettler } from "@joulemint/chain/Settler";
import { createGateway } from "@joulemint/gateway/createGateway";
import { scrapedEnergy } from "@joulemint/gateway/scrapedEnergy";
import { openLedger } from "@joulemint/ledger/openLedger";
import { serveOffering } from "@joulemint/ledger/servedOfferings";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { pageModules } from "../page/pageModules.ts";
import { startPage } from "../page/startPage.ts";
import { Closing } from "./Closing.ts";
import { closeOnSignal } from "./closeOnSignal.ts";
import { cooperativeClose } from "./cooperativeClose.ts";
import type { FactoryCard } from "./FactoryCard.ts";
import { factoryCardHandler } from "./factoryCardHandler.ts";
import { loadKeyring, makeKeyring } from "./keyring.ts";
import { localRateCard } from "./localOffering.ts";
import { consoleLogger } from "./logger.ts";
import { createOrigin } from "./Origin.ts";
import { setUpLocalChain } from "./setUpLocalChain.ts";
import type { RunningFactory, StateDirectory } from "./stateDirectory.ts";
import type { Upstream } from "./Upstream.ts";

export interface FactoryOptions {
  readonly state: StateDirectory;
  /** 0: any free port. */
  readonly port: number;
  /** PostgreSQL; without it an embedded PGlite in the state folder. */
  readonly databaseUrl?: string;
  readonly upstream: () => Promise<Upstream>;
  readonly costs?: Omit<FactoryCosts, "energyBoundary">;
  readonly settleEveryMs: number;
  /** Default: the gateway's. */
  readonly leaseMs?: number;
  /** Default: the gateway's. */
  readonly chainAgeMs?: number;
  progress(text: string): void;
  /** How the process ends when a signal stops it: 0 where being stopped is how it is meant to end. */
  readonly statusWhenStopped: number;
  /** Called when all has been stopped. */
  forget?(): void;
}

export interface Factory extends RunningFactory {
  /** Rejects when a part of the factory can no longer do its work. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

const DEFAULT_OUTPUT_LIMIT = 1024n;

/** Starts every role of a factory in this process. Whatever was started is stopped again when a later part fails. */
export async function startFactory(options: FactoryOptions): Promise<Factory> {
  const closing = new Closing();
  closing.add(async () => options.forget?.());
  const started = start(options, closing);
  closeOnSignal(closing, started, options.statusWhenStopped);
  try {
    return await started;
  } catch (error) {
    await closing.close().catch((failure) => options.progress(String(failure)));
    // Stopped by a signal: whoever handles it ends the process, and nobody has to hear of a failure.
    if (closing.stopping) await new Promise(() => {});
    throw error;
  }
}

async function start(options: FactoryOptions, closing: Closing): Promise<Factory> {
  const { state, progress } = options;
  const logger = consoleLogger();
  state.claim();
  closing.add(async () => state.release());
  // A chain without the keys of its parties is a loss that new keys would only hide.
  if (!existsSync(state.keyring) && !existsSync(state.chain)) makeKeyring(state.keyring);
  const keyring = loadKeyring(state.keyring);

  // Before all that takes its time: a port that is taken should be heard of at once.
  const origin = closing.own(createOrigin(logger));
  const url = await origin.listen(options.port);

  const failed = Promise.withResolvers<never>();
  // Whoever started the factory waits on this; until then a failure must not count as unhandled.
  failed.promise.catch(() => {});

  progress("Starting the inference server ...");
  const upstream = closing.own(await options.upstream());
  upstream.failed?.catch(failed.reject);
  progress("Starting the local chain and its contracts ...");
  const chain = closing.own(await startLocalChain({ stateFile: state.chain }));
  void chain.exited.then(() => {
    if (closing.closing) return;
    const error = new JoulemintError("CHAIN_UNAVAILABLE", { rpc: chain.rpc });
    logger.error("The local chain has ended, and the factory with it", { error });
    failed.reject(error);
  });
  const { client, domain, offering, offeringId } = await setUpLocalChain(chain, keyring, upstream.model);

  progress("Opening the ledger ...");
  const { databaseUrl } = options;
  const ledger = closing.own(
    await openLedger(databaseUrl === undefined ? { directory: state.ledger } : { databaseUrl }),
  );
  const indexer = createIndexer({
    ledger,
    client,
    credits: domain.credits,
    meteringKey: keyring.metering.address,
    operators: [keyring.operator.address],
    logger,
    onFailure: failed.reject,
  });
  closing.add(() => indexer.stop());
  await indexer.start();

  await serveOffering(ledger, {
    offering: offeringId,
    modelName: upstream.model,
    upstreamModel: upstream.model,
    rateCard: localRateCard,
    defaultOutputLimit: DEFAULT_OUTPUT_LIMIT,
  });

  const settler = createSettler({
    ledger,
    client,
    account: keyring.settler,
    meteringAccount: keyring.metering,
    domain,
    indexer,
    intervalMs: options.settleEveryMs,
    logger,
  });
  // Closed in this order: first the gateway, which says so to new calls while those in flight end, then what they were
  // charged is settled.
  closing.add(() => origin.close());
  closing.add(async () => {
    await settler
      .settleNow()
      .catch((error: unknown) => logger.warn("The last settlement waits for the next start", { error }));
    await settler.stop();
  });
  await settler.start();
  const energy = scrapedEnergy({ metricsUrl: upstream.metricsUrl, logger });
  const gateway = closing.own(
    await createGateway({
      ledger,
      domain,
      receiptAccount: keyring.receipt,
      upstream,
      energy,
      ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
      ...(options.chainAgeMs === undefined ? {} : { limits: { chainAgeMs: options.chainAgeMs } }),
      logger,
    }),
  );
  const onError = (error: unknown): void => logger.error("a GraphQL query failed", { error });
  // Snapshots keep a connection for as long as a request takes: with a pool of their own they keep no beat waiting.
  const readers = databaseUrl === undefined ? ledger : closing.own(await openLedger({ databaseUrl }));
  const costs = { ...(options.costs ?? UNKNOWN_COSTS), energyBoundary: energy.boundary };
  const api = createApi({ ledger: readers, costs, onError });
  const card: FactoryCard = {
    chainId: chain.chainId,
    rpc: chain.rpc,
    credits: domain.credits,
    modelName: upstream.model,
    offeringId,
    offering,
    operator: keyring.operator.address,
    meteringKey: keyring.metering.address,
    receiptKey: keyring.receipt.address,
  };
  origin.serve([
    gateway.handle,
    api.handle,
    createExport({ ledger: readers, domain, onError }).handle,
    cooperativeClose(ledger, keyring.operator, domain),
    factoryCardHandler(card),
    startPage,
    pageModules,
  ]);

  const running: RunningFactory = {
    pid: process.pid,
    url,
    graphql: `${url}/graphql`,
    rpc: chain.rpc,
    chainId: chain.chainId,
    credits: domain.credits,
    model: upstream.model,
    upstream: {
      url: upstream.url,
      continuousUsage: upstream.continuousUsage,
      metricsUrl: upstream.metricsUrl,
    },
  };
  state.announce(running);
  return { ...running, failed: failed.promise, close: () => closing.close() };
}
