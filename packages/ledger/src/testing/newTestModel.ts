import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import type { ChainBlock, NewModel } from "../chain/ChainBlock.ts";
import type { Hex } from "../internal/Hex.ts";
import { appendTestBlock, type TestLedger } from "./appendTestBlock.ts";
import { randomAddress, testHash } from "./testHex.ts";

const SUPPLY = 1_000_000n;
/** After whatever else the block holds. */
const LOG_INDEX = 1000;

/**
 * A model with a payment token of its own. Its owner was given all shares in what is now the newest block, so that they
 * are older than the offering that will name the model.
 */
export async function newTestModel(ledger: TestLedger): Promise<NewModel> {
  const [address, owner] = [randomAddress(), randomAddress()];
  const minted = { from: `0x${"0".repeat(40)}` as Hex, to: owner, value: SUPPLY };
  const history = [await newestBlock(ledger, { name: "Transfer", address, args: minted })];
  const paymentToken = { address: randomAddress(), symbol: "tUSD", decimals: 6 };
  return { address, name: "Test model", symbol: "TEST", owner, supply: SUPPLY, paymentToken, history };
}

async function newestBlock(ledger: TestLedger, event: ChainEvent): Promise<ChainBlock> {
  const query = ledger.db.selectFrom("chain_block").selectAll().orderBy("number", "desc").limit(1);
  const block = await query.executeTakeFirst();
  if (block === undefined) {
    await appendTestBlock(ledger);
    return newestBlock(ledger, event);
  }
  const { number, hash, parent_hash, timestamp } = block;
  return {
    number,
    hash: hash as Hex,
    parentHash: parent_hash as Hex,
    timestamp: BigInt(timestamp.getTime() / 1000),
    events: [{ event, logIndex: LOG_INDEX, transactionHash: testHash(`in ${hash}`) }],
  };
}
