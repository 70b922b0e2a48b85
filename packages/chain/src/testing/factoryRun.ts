import type { Ledger } from "@joulemint/ledger/Ledger";
import { reconcile } from "@joulemint/ledger/reconcile";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import type { Hex } from "viem";
import { buyAndOpen } from "../buyAndOpen.ts";
import { createIndexer, type Indexer, type IndexerOptions } from "../Indexer.ts";
import { createSettler, type Settler, type SettlerOptions } from "../Settler.ts";
import { type ExampleFactory, meterCall } from "./exampleFactory.ts";

/** An indexer and a settler of an example factory on a ledger. */
export interface FactoryRun {
  readonly indexer: Indexer;
  readonly settler: Settler;
  /** A settler on the same ledger, as of another process. */
  newSettler(options?: Partial<SettlerOptions>): Settler;
  /** A session of the consumer that the ledger knows, signed by the metering key. */
  openSession(credits: bigint): Promise<{ readonly session: Hex; readonly blockNumber: bigint }>;
  meter(session: Hex, charge: bigint): Promise<void>;
  /** What the contract says is used of a session. */
  used(session: Hex): Promise<bigint>;
  /** Settlements that consumed credits of a session, as the ledger has them. */
  settlements(session: Hex): Promise<bigint[]>;
  intents(): Promise<{ state: string; nonce: number | null; tx_hashes: unknown; mined_block: bigint | null }[]>;
  difference(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the indexer; the settler works when it is told to. */
export async function startFactoryRun(
  ledger: Ledger,
  factory: ExampleFactory,
  options: { readonly indexer?: Partial<IndexerOptions>; readonly settler?: Partial<SettlerOptions> } = {},
): Promise<FactoryRun> {
  const { client, domain, metering, operator, consumer, offering, id } = factory;
  const meteringKey = metering.address;
  const indexer = createIndexer({
    ledger,
    client,
    credits: domain.credits,
    meteringKey,
    intervalMs: 20,
    behindToleranceMs: 100,
    ...options.indexer,
  });
  await indexer.start();
  const account = operator.account;
  const newSettler = (changed: Partial<SettlerOptions> = {}) => {
    return createSettler({ ledger, client, indexer, domain, account, meteringAccount: metering, ...changed });
  };
  const settler = newSettler(options.settler);
  const { db } = ledger;
  return {
    indexer,
    settler,
    newSettler,
    async openSession(credits) {
      const { session, blockNumber } = await buyAndOpen(consumer, domain, offering, { signer: meteringKey, credits });
      await indexer.waitFor(blockNumber);
      return { session, blockNumber };
    },
    async meter(session, charge) {
      await meterCall(ledger, factory, { session, charge });
    },
    async used(session) {
      const read = { address: domain.credits, abi: creditsAbi, functionName: "session" } as const;
      return BigInt((await client.readContract({ ...read, args: [id, session] }))[2]);
    },
    async settlements(session) {
      const rows = db.selectFrom("settlement_row").select("consumed").where("session", "=", session);
      return (await rows.where("consumed", ">", 0n).execute()).map(({ consumed }) => consumed);
    },
    intents: () => {
      const rows = db.selectFrom("settlement_intent").select(["state", "nonce", "tx_hashes", "mined_block"]);
      return rows.orderBy("id").execute();
    },
    difference: async () => (await reconcile(ledger)).difference,
    async stop() {
      await settler.stop();
      await indexer.stop();
    },
  };
}
