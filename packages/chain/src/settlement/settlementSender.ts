import { setTimeout as sleep } from "node:timers/promises";
import {
  markIntentFailed,
  markIntentMined,
  markIntentSent,
  openIntents,
  planIntent,
  type SettlementIntent,
} from "@joulemint/ledger/chain/settlementIntents";
import { checkpoints } from "@joulemint/protocol/checkpoints";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Hex, hexToBigInt, type TransactionReceipt } from "viem";
import { isRefusal } from "../isRefusal.ts";
import { silentLogger } from "../Logger.ts";
import { refusal } from "../refusal.ts";
import type { SettlerOptions } from "../Settler.ts";
import { type Fees, raiseFees } from "./raiseFees.ts";
import { isKnown, settlementFate } from "./settlementFate.ts";
import { type SettlementTransaction, settlementTransaction } from "./settlementTransaction.ts";

/** A batch that is mined and in the ledger. */
export interface SentSettlement {
  readonly id: string;
  readonly offering: Hex;
  readonly transactionHash: Hex;
  readonly blockNumber: bigint;
  /** Rows of the batch, one for each session. */
  readonly sessions: number;
  readonly receiptsRoot: Hex;
}

export interface SettlementSender {
  /**
   * Sends a batch and waits until the ledger has it. SETTLEMENT_FAILED { offering, reason }. One that is refused before
   * it is sent leaves no trace. `null` as of `finish`.
   */
  begin(batch: Omit<SettlementIntent, "sent">): Promise<SentSettlement | null>;
  /**
   * Brings the first of the open batches to its end, which may be to send it again. `null` when its vouchers are free for
   * another batch, and when a reorg has put another batch before it. SETTLEMENT_FAILED { offering, reason }.
   */
  finish(intent: SettlementIntent): Promise<SentSettlement | null>;
}

/** Between two transactions of a batch that no node keeps. */
const RESEND_MS = 500;

export function settlementSender(options: SettlerOptions): SettlementSender {
  const { ledger, client, indexer, account, logger = silentLogger } = options;
  const { receiptTimeoutMs = 60_000, replaceAfterMs = 30_000 } = options;
  /** When a batch was last sent, or first seen waiting, by its id. */
  const sentAt = new Map<string, number>();

  async function begin(batch: Omit<SettlementIntent, "sent">): Promise<SentSettlement | null> {
    const intent = { ...batch, sent: null };
    // All that was sent has ended, so what waits in a pool after the last mined transaction is none of ours.
    const transaction = await prepare(intent, await nextNonce());
    await planIntent(ledger, batch);
    return follow(await send(intent, transaction));
  }

  async function finish(intent: SettlementIntent): Promise<SentSettlement | null> {
    if (intent.sent !== null) return follow(intent);
    const transaction = await prepare(intent, await nextNonce()).catch(async (error: unknown) => {
      // Nothing has left the process, so the vouchers are free for the next batch.
      await markIntentFailed(ledger, intent.id);
      throw error;
    });
    return follow(await send(intent, transaction));
  }

  const nextNonce = () => client.getTransactionCount({ address: account.address, blockTag: "latest" });

  async function prepare(intent: SettlementIntent, nonce: number, fees?: Fees): Promise<SettlementTransaction> {
    return settlementTransaction(options, intent, fees === undefined ? { nonce } : { nonce, fees }).catch((cause) => {
      throw failed(intent, refusal(cause), cause);
    });
  }

  /** Gives the intent as the ledger has it then. */
  async function send(intent: SettlementIntent, transaction: SettlementTransaction): Promise<SettlementIntent> {
    const { id } = intent;
    const { nonce, hash, serialized } = transaction;
    await markIntentSent(ledger, id, nonce, hash);
    sentAt.set(id, performance.now());
    checkpoints.settlementIntended.publish({ id });
    try {
      await client.sendRawTransaction({ serializedTransaction: serialized });
    } catch (cause) {
      // The answer may be lost, and the transaction not.
      if (!(await isKnown(client, hash).catch(() => false))) throw failed(intent, refusal(cause), cause);
    }
    checkpoints.settlementSent.publish({ id });
    return withTransaction(intent, transaction);
  }

  /** Until it is mined and in the ledger, whatever becomes of it on the way. */
  async function follow(begun: SettlementIntent): Promise<SentSettlement | null> {
    const deadline = performance.now() + receiptTimeoutMs;
    const { id } = begun;
    let intent: SettlementIntent | null = begun;
    let superseded = false;
    while (intent?.sent) {
      const { sent } = intent;
      const fate = await settlementFate(client, account.address, sent);
      if (fate.kind === "mined") {
        const settlement = await accept(intent, fate.receipt);
        if (settlement !== null) return settlement;
      } else if (fate.kind === "superseded") {
        if (superseded) return giveUp(intent, "another transaction took its nonce");
        superseded = await isTaken(sent.nonce);
        if (superseded) continue;
      } else if (fate.kind === "early") {
        await indexer.waitForHead();
        if ((await openIntents(ledger))[0]?.id !== id) return null;
        // What was counted before may be of a node that lagged.
        const next = await nextNonce();
        if (next < sent.nonce) intent = await sendAgain(intent, next);
      } else if (fate.kind === "lost" && sinceSent(id) >= RESEND_MS) {
        intent = await sendAgain(intent, sent.nonce);
        continue;
      } else if (fate.kind === "pending" && sinceSeen(id) >= replaceAfterMs) {
        intent = await offerMore(intent, sent.nonce, fate.hash);
      }
      if (performance.now() > deadline) throw failed(begun, "not mined in time");
      await sleep(client.pollingInterval);
    }
    return null;
  }

  /**
   * Whether the ledger is past the block where a nonce was taken. A node may count further than it has receipts: if it was
   * one of ours that took it, the ledger must know, or what it settled is settled again.
   */
  async function isTaken(nonce: number): Promise<boolean> {
    await indexer.waitForHead();
    const head = indexer.head();
    if (head === null) return false;
    return (await client.getTransactionCount({ address: account.address, blockNumber: head.number })) > nonce;
  }

  const sinceSent = (id: string) => performance.now() - (sentAt.get(id) ?? Number.NEGATIVE_INFINITY);

  function sinceSeen(id: string): number {
    if (!sentAt.has(id)) sentAt.set(id, performance.now());
    return sinceSent(id);
  }

  async function accept(intent: SettlementIntent, receipt: TransactionReceipt): Promise<SentSettlement | null> {
    const { id, offering, vouchers, receiptsRoot } = intent;
    const { status, transactionHash, blockNumber, blockHash } = receipt;
    if (status === "reverted") {
      await giveUp(intent, "reverted when mined");
      throw failed(intent, "reverted when mined");
    }
    const block = { number: blockNumber, hash: blockHash };
    if (!(await indexer.waitForBlock(block)) || !(await markIntentMined(ledger, id, block))) return null;
    sentAt.delete(id);
    return { id, offering, transactionHash, blockNumber, sessions: vouchers.length, receiptsRoot };
  }

  /** Under the same nonce if that is still the next, so that only one of the two can ever be mined. */
  async function sendAgain(intent: SettlementIntent, nonce: number): Promise<SettlementIntent | null> {
    try {
      return await send(intent, await prepare(intent, nonce));
    } catch (error) {
      // The chain that replaced its block does not know what it settles.
      if (isRefusal(error)) return giveUp(intent, error);
      throw error;
    }
  }

  async function offerMore(intent: SettlementIntent, nonce: number, pending: Hex): Promise<SettlementIntent> {
    const offered = await feesOf(pending);
    const fees = offered === null ? null : raiseFees(offered, await client.estimateFeesPerGas());
    sentAt.set(intent.id, performance.now());
    if (fees === null) return intent;
    const transaction = await prepare(intent, nonce, fees);
    logger.warn("A settlement is offered more gas, because it is not mined", { ...fees, intent: intent.id, nonce });
    return send(intent, transaction).catch((error: unknown) => {
      logger.warn("A settlement could not be replaced", { error });
      return withTransaction(intent, transaction);
    });
  }

  async function feesOf(hash: Hex): Promise<Fees | null> {
    const found = await client.request({ method: "eth_getTransactionByHash", params: [hash] });
    if (found?.type !== "0x2") return null;
    const { maxFeePerGas, maxPriorityFeePerGas } = found;
    return { maxFeePerGas: hexToBigInt(maxFeePerGas), maxPriorityFeePerGas: hexToBigInt(maxPriorityFeePerGas) };
  }

  async function giveUp({ id, offering }: SettlementIntent, reason: unknown): Promise<null> {
    await markIntentFailed(ledger, id);
    sentAt.delete(id);
    logger.warn("A settlement is given up; its use is settled with the next", { intent: id, offering, reason });
    return null;
  }

  return { begin, finish };
}

function withTransaction(intent: SettlementIntent, { nonce, hash }: SettlementTransaction): SettlementIntent {
  const earlier = (intent.sent?.transactionHashes ?? []).filter((other) => other !== hash);
  return { ...intent, sent: { nonce, transactionHashes: [...earlier, hash] } };
}

function failed({ id, offering }: SettlementIntent, reason: string, cause?: unknown): JoulemintError {
  return new JoulemintError("SETTLEMENT_FAILED", { offering, reason, intent: id }, { cause });
}
