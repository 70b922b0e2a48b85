import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Address } from "viem";
import type { ChainLog } from "../chain/readLogs.ts";
import { type Books, emptyBooks, note } from "./Books.ts";
import { foldEvent } from "./foldEvent.ts";

/** Folds the events of `Credits` and of some models, in any order among the contracts. */
export function foldEvents(models: readonly Address[], logs: readonly ChainLog[]): Books {
  const books = emptyBooks();
  for (const address of models) {
    books.models.set(address, { address, owner: null, supply: 0n, lifetime: 0n, claimed: 0n, holders: new Map() });
  }
  const inOrder = logs.toSorted((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);
  for (const log of inOrder) {
    try {
      foldEvent(books, log);
    } catch (error) {
      // The formulas refuse what no genuine contract can have emitted: amounts below zero, rows that are cut.
      if (!(error instanceof RangeError) && !isJoulemintError(error)) throw error;
      note(books, log, "arguments", "an event of our contracts", error.message);
    }
  }
  return books;
}
