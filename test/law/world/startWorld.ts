import type { Ledger } from "@joulemint/ledger/Ledger";
import { serveOffering } from "@joulemint/ledger/servedOfferings";
import { sweep } from "@joulemint/ledger/sweep";
import { emptyLedger } from "@joulemint/ledger/testing/emptyLedger";
import type { Books } from "../books/Books.ts";
import { Chronicle } from "../chain/Chronicle.ts";
import { RandomSource } from "../RandomSource.ts";
import { Fuse } from "./Fuse.ts";
import { loseLeases } from "./loseLeases.ts";
import { type Factory, startFactory } from "./startFactory.ts";
import type { Market } from "./startMarket.ts";

/** A market and a whole factory in this process: real chain, ledger, gateway, indexer, settler and GraphQL. */
export interface World extends Omit<Market, "close" | "openBooks"> {
  readonly random: RandomSource;
  /** Every incarnation's; not through its fuse, so that checks go on when it is gone. */
  readonly ledger: Ledger;
  readonly books: Books;
  readonly chronicle: Chronicle;
  /** The incarnation that runs. */
  readonly factory: Factory;
  /** Counts what happened along the way: that it did is part of what the test shows. */
  saw(what: string, times: number): void;
  readonly sights: ReadonlyMap<string, number>;
  /** Until the ledger has everything that was mined. */
  indexed(): Promise<void>;
  /** Ends the incarnation that runs, if its fuse has not, and starts the next; `fuse` may end that one on its way. */
  restart(fuse?: Fuse): Promise<void>;
  close(): Promise<void>;
}

/** Takes the market back to its start, and empties the ledger, which stays open. */
export async function startWorld(
  seed: number,
  { close: _, openBooks, ...market }: Market,
  ledger: Ledger,
): Promise<World> {
  await market.chain.rollBack(market.start);
  await emptyLedger(ledger);
  const books = openBooks();
  let factory = await startFactory(market, ledger, new Fuse());
  for (const { id, modelName, rateCard } of books.offerings) {
    const served = { offering: id, modelName, upstreamModel: "scripted", rateCard, defaultOutputLimit: 100n };
    await serveOffering(ledger, served);
  }
  const sights = new Map<string, number>();
  const world: World = {
    ...market,
    random: new RandomSource(seed),
    ledger,
    books,
    chronicle: new Chronicle(books, market.start),
    get factory() {
      return factory;
    },
    saw: (what, times) => void sights.set(what, (sights.get(what) ?? 0) + times),
    sights,
    indexed: () => factory.indexer.waitForHead(),
    async restart(fuse = new Fuse()) {
      await factory.fuse.end();
      await loseLeases(ledger);
      const started = await Promise.race([startFactory(market, ledger, fuse), fuse.blown]);
      if (started === undefined) {
        await fuse.end();
        return world.restart();
      }
      started.fuse.disarm();
      factory = started;
      await sweep(ledger);
    },
    // An incarnation that has blown cannot close anything.
    close: () => (factory.fuse.isBlown ? factory.fuse.end() : factory.close()),
  };
  return world;
}
