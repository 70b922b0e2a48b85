import { readOfferingTerms } from "@joulemint/ledger/chain/readOfferingTerms";
import {
  endIntent,
  markIntentSent,
  planIntent,
  type SettlementIntent,
} from "@joulemint/ledger/chain/settlementIntents";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { encodeVoucherRows } from "@joulemint/protocol/Voucher";
import {
  encodeFunctionData,
  type Hex,
  keccak256,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from "viem";
import { refusal } from "../refusal.ts";
import type { SettlerOptions } from "../Settler.ts";

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

interface SettlementSender {
  /**
   * Sends a batch and waits until the ledger has it. SETTLEMENT_FAILED { offering, reason }. One that is refused before
   * it is sent leaves no trace: it is refused again at every interval until somebody mends the cause.
   */
  begin(batch: Omit<SettlementIntent, "sent">): Promise<SentSettlement>;
  /** Brings a batch of an earlier run to its end; `null` when its vouchers need another batch. */
  finish(intent: SettlementIntent): Promise<SentSettlement | null>;
}

type Options = Pick<SettlerOptions, "ledger" | "client" | "indexer" | "domain" | "account" | "receiptTimeoutMs">;

export function settlementSender(options: Options): SettlementSender {
  const { ledger, client, indexer, domain, account, receiptTimeoutMs = 60_000 } = options;
  type Prepared = Awaited<ReturnType<typeof fill>>;

  async function begin(batch: Omit<SettlementIntent, "sent">): Promise<SentSettlement> {
    const intent = { ...batch, sent: null };
    const transaction = await prepare(intent);
    await planIntent(ledger, batch);
    return send(intent, transaction);
  }

  async function send(intent: SettlementIntent, transaction: Prepared): Promise<SentSettlement> {
    const serialized = await account.signTransaction(transaction);
    const transactionHash = keccak256(serialized);
    await markIntentSent(ledger, intent.id, transaction.nonce, transactionHash);
    try {
      await client.sendRawTransaction({ serializedTransaction: serialized });
    } catch (cause) {
      throw failed(intent, refusal(cause), cause);
    }
    return conclude(intent, transactionHash);
  }

  async function prepare(intent: SettlementIntent, nonce?: number) {
    return fill(intent, nonce).catch((cause: unknown) => {
      throw failed(intent, refusal(cause), cause);
    });
  }

  async function fill({ offering, vouchers, receiptsRoot }: SettlementIntent, nonce?: number) {
    const terms = await readOfferingTerms(ledger, offering);
    const data = encodeFunctionData({
      abi: creditsAbi,
      functionName: "settleAndRelease",
      args: [offeringStruct(terms), encodeVoucherRows(vouchers), receiptsRoot],
    });
    const call = { account, to: domain.credits, data, chain: client.chain, type: "eip1559" } as const;
    // What others settle and claim until it is mined can make it a little dearer.
    const gas = ((await client.estimateGas(call)) * 5n) / 4n;
    return client.prepareTransactionRequest(nonce === undefined ? { ...call, gas } : { ...call, gas, nonce });
  }

  async function conclude(intent: SettlementIntent, hash: Hex): Promise<SentSettlement> {
    const receipt = await client
      .waitForTransactionReceipt({ hash, timeout: receiptTimeoutMs })
      .catch((cause: unknown) => {
        throw failed(intent, "not mined in time", cause);
      });
    return accept(intent, receipt);
  }

  async function accept(intent: SettlementIntent, receipt: TransactionReceipt): Promise<SentSettlement> {
    const { status, transactionHash, blockNumber } = receipt;
    if (status === "reverted") {
      await endIntent(ledger, intent.id, "failed");
      throw failed(intent, "reverted when mined");
    }
    await indexer.waitFor(blockNumber);
    await endIntent(ledger, intent.id, "mined");
    const { id, offering, vouchers, receiptsRoot } = intent;
    return { id, offering, transactionHash, blockNumber, sessions: vouchers.length, receiptsRoot };
  }

  async function finish(intent: SettlementIntent): Promise<SentSettlement | null> {
    if (intent.sent === null) {
      const transaction = await prepare(intent).catch(async (error: unknown) => {
        // Nothing has left the process, so the vouchers are free for the next batch.
        await endIntent(ledger, intent.id, "failed");
        throw error;
      });
      return send(intent, transaction);
    }
    const { nonce, transactionHash } = intent.sent;
    // Counted before asking for the receipt: if ours takes the nonce in between, the receipt is there.
    const used = await client.getTransactionCount({ address: account.address, blockTag: "latest" });
    const receipt = await findReceipt(transactionHash);
    if (receipt !== null) return accept(intent, receipt);
    if (used > nonce) {
      await endIntent(ledger, intent.id, "failed");
      return null;
    }
    // Under the same nonce, so that only one of the two can ever be mined, should the first turn up again.
    if (await isPending(transactionHash)) return conclude(intent, transactionHash);
    return send(intent, await prepare(intent, nonce));
  }

  async function findReceipt(hash: Hex): Promise<TransactionReceipt | null> {
    try {
      return await client.getTransactionReceipt({ hash });
    } catch (error) {
      if (error instanceof TransactionReceiptNotFoundError) return null;
      throw error;
    }
  }

  async function isPending(hash: Hex): Promise<boolean> {
    return (await client.request({ method: "eth_getTransactionByHash", params: [hash] })) !== null;
  }

  return { begin, finish };
}

function failed({ id, offering }: SettlementIntent, reason: string, cause?: unknown): JoulemintError {
  return new JoulemintError("SETTLEMENT_FAILED", { offering, reason, intent: id }, { cause });
}
