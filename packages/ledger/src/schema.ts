import type { ColumnType, Generated } from "kysely";

/**
 * Tables of the ledger. Amounts are `bigint`: credits in millicredits, money in payment-token base units,
 * tokens in language-model tokens. Identifiers and addresses are lower-case hex. Unknown is `null`, never 0.
 */
export interface Database {
  // The append-only log of the chain, and the blocks that carry it.
  chain_block: ChainBlockTable;
  chain_event: ChainEventTable;
  // What undoes the newest blocks, and how final blocks are.
  chain_undo: ChainUndoTable;
  chain_mark: ChainMarkTable;
  // Chain state: what folding the log gives. Only the indexer writes these.
  payment_token: PaymentTokenTable;
  model: ModelTable;
  share_holder: ShareHolderTable;
  offering: OfferingTable;
  credit_balance: CreditBalanceTable;
  session: SessionTable;
  purchase: PurchaseTable;
  redemption: RedemptionTable;
  consumption: ConsumptionTable;
  settlement: SettlementTable;
  settlement_row: SettlementRowTable;
  release: ReleaseTable;
  claim: ClaimTable;
  // The meter: only gateways write these, but for opening, topping up and closing a session.
  served_offering: ServedOfferingTable;
  api_key: ApiKeyTable;
  meter: MeterTable;
  gateway: GatewayTable;
  hold: HoldTable;
  usage_event: UsageEventTable;
  receipt: ReceiptTable;
  // What the settler means to send, before it sends it.
  settlement_intent: SettlementIntentTable;
}

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Json<T> = ColumnType<T, string, string>;

interface LogPosition {
  block_number: bigint;
  log_index: number;
  tx_hash: string;
}

interface ChainBlockTable {
  number: bigint;
  hash: string;
  parent_hash: string;
  timestamp: Timestamp;
  /** Digest of the block's rows in `chain_event`; `sealBlocks` writes it. */
  events_digest: ColumnType<string | null, string | null | undefined, string | null>;
}

interface ChainEventTable extends LogPosition {
  address: string;
  name: string;
  /** Decoded arguments; integers as decimal strings. */
  args: Json<Record<string, unknown>>;
}

/** The image of a row before a block changed it, for every block above the undo floor. */
interface ChainUndoTable {
  entry: "model" | "share_holder" | "offering" | "credit_balance" | "session";
  /** Of the row; keys of pairs are joined by a space. */
  key: string;
  block_number: bigint;
  /** Columns, integers as decimal strings; `null` where the block made the row. */
  before: ColumnType<Record<string, unknown> | null, string | null, string | null>;
}

interface ChainMarkTable {
  /**
   * `safe` and `finalized` as the chain tags its blocks; `undo_floor` is the lowest block that can be returned to; `seen`
   * is the head at which the ledger was last seen to be where the chain is.
   */
  tag: "safe" | "finalized" | "undo_floor" | "seen";
  number: bigint;
  /** `null` for the undo floor and what was seen. */
  hash: string | null;
  /** Of the block; of `seen`, when that was, by the database's clock. */
  timestamp: Timestamp | null;
}

interface PaymentTokenTable {
  address: string;
  symbol: string;
  decimals: number;
}

interface ModelTable {
  /** Address of the model's `Shares`. */
  address: string;
  name: string;
  symbol: string;
  owner: string;
  payment_token: string;
  supply: bigint;
  /** Of the first offering that names it: before, the ledger does not follow it. */
  registered_block: bigint;
  /** Cumulative revenue that the shares received. */
  lifetime_revenue: ColumnType<bigint, bigint | undefined, bigint>;
  claimed_revenue: ColumnType<bigint, bigint | undefined, bigint>;
}

interface ShareHolderTable {
  model: string;
  holder: string;
  balance: bigint;
  /** Correction of the holder's revenue, scaled by 2^64; may be negative. */
  correction: bigint;
  claimed: bigint;
}

interface OfferingTable {
  id: string;
  model: string;
  kind: string;
  terms_hash: string;
  tier: "realtime" | "standard" | "batch";
  payment_token: string;
  price_per_million: bigint;
  rate_card_hash: string;
  holders_bps: number;
  treasury_bps: number;
  treasury: string;
  operator: string;
  sell_until: bigint;
  /** Seconds. */
  exit_delay: number;
  /** Unix seconds; 0: never. */
  expires_at: bigint;
  transferable: boolean;
  registered_block: bigint;
  outstanding: ColumnType<bigint, bigint | undefined, bigint>;
  consumed: ColumnType<bigint, bigint | undefined, bigint>;
  released: ColumnType<bigint, bigint | undefined, bigint>;
  operator_claimed: ColumnType<bigint, bigint | undefined, bigint>;
  treasury_claimed: ColumnType<bigint, bigint | undefined, bigint>;
}

interface CreditBalanceTable {
  offering: string;
  owner: string;
  balance: bigint;
}

interface SessionTable {
  id: string;
  offering: string;
  owner: string;
  signer: string;
  salt: string;
  cap: bigint;
  used: ColumnType<bigint, bigint | undefined, bigint>;
  state: "open" | "closing" | "closed";
  /** Unix seconds, once a close was requested. */
  closable_at: bigint | null;
  opened_block: bigint;
}

interface PurchaseTable extends LogPosition {
  offering: string;
  buyer: string;
  recipient: string;
  credits: bigint;
  cost: bigint;
}

interface RedemptionTable extends LogPosition {
  offering: string;
  /** `null` when credits of a wallet were redeemed, else the session that was closed. */
  session: string | null;
  owner: string;
  recipient: string;
  credits: bigint;
  amount: bigint;
}

/** Rights that an owner exercised out of its wallet. */
interface ConsumptionTable extends LogPosition {
  offering: string;
  owner: string;
  receipt: string;
  subject: string;
  credits: bigint;
  /** What the offering had consumed before. */
  sequence: bigint;
}

interface SettlementTable extends LogPosition {
  offering: string;
  submitter: string;
  receipts_root: string;
  consumed: bigint;
}

interface SettlementRowTable {
  block_number: bigint;
  log_index: number;
  position: number;
  session: string;
  used: bigint;
  /** What this row consumed; 0 when it was skipped. */
  consumed: bigint;
  receipts_head: string;
  reason: "ok" | "clamped" | "stale" | "bad_signature" | "unknown_session";
}

interface ReleaseTable extends LogPosition {
  offering: string;
  amount: bigint;
  holders: bigint;
  treasury: bigint;
  operator: bigint;
}

interface ClaimTable extends LogPosition {
  role: "operator" | "treasury" | "holder";
  model: string;
  /** `null` for a shareholder, who claims from the model. */
  offering: string | null;
  account: string;
  recipient: string;
  amount: bigint;
}

interface ServedOfferingTable {
  offering: string;
  /** The name that clients put into `model`. */
  model_name: string;
  /** The name that the inference server knows. */
  upstream_model: string;
  /** Micro-credits per unit of each meter, decimal strings. */
  rate_card: Json<Record<string, string>>;
  default_output_limit: bigint;
}

interface ApiKeyTable {
  /** SHA-256 of the key, hex. */
  hash: string;
  session: string;
  label: string;
  created_at: Generated<Date>;
  expires_at: Timestamp | null;
  revoked_at: Timestamp | null;
}

interface MeterTable {
  session: string;
  offering: string;
  /** Whether the signer is the consumer's own key, so that vouchers must be asked for. */
  consumer_signed: boolean;
  /** Of its session; `suspended` when a reorganisation took the session away. */
  state: "open" | "closing" | "closed" | "suspended";
  available: bigint;
  /** Sum of the open holds. */
  held: ColumnType<bigint, bigint | undefined, bigint>;
  /** Sum and count of all holds that were ever placed, so that a lost one is missed. */
  placed: ColumnType<bigint, bigint | undefined, bigint>;
  holds: ColumnType<bigint, bigint | undefined, bigint>;
  /** Cumulative charge of all receipts of the session. */
  charged: ColumnType<bigint, bigint | undefined, bigint>;
  /** Sequence and hash of the last receipt. */
  sequence: ColumnType<bigint, bigint | undefined, bigint>;
  receipts_head: string;
  voucher_cumulative: ColumnType<bigint, bigint | undefined, bigint>;
  voucher_head: string | null;
  voucher_signature: string | null;
  /**
   * Settled use at which the operator consented to close the session at once. The owner may use the consent at any moment,
   * also after a reorganisation and without a request, so that nothing is held or charged on the session any more.
   */
  close_consent: ColumnType<bigint | null, bigint | null | undefined, bigint | null>;
}

/** One run of a gateway process. Its lease is its heartbeat, by the database's clock. */
interface GatewayTable {
  /** Grows with every start, so that of two runs the newer is known. */
  fence: Generated<bigint>;
  name: string;
  /** `fenced`: its lease ran out, its holds are not its own any more, and it is refused until it registers again. */
  state: "live" | "draining" | "stopped" | "fenced";
  lease_until: Timestamp;
  started_at: Generated<Date>;
}

interface HoldTable {
  id: string;
  session: string;
  /** Grows while the call streams. */
  amount: bigint;
  state: "open" | "captured" | "voided" | "expired";
  /** Of the gateway that placed it. */
  fence: bigint;
  created_at: Generated<Date>;
  expires_at: Timestamp;
  ended_at: Timestamp | null;
}

interface UsageEventTable {
  id: string;
  session: string;
  offering: string;
  tier: "realtime" | "standard" | "batch";
  input: bigint;
  cached_input: bigint;
  cache_write: bigint;
  output: bigint;
  reasoning: bigint;
  /** Output tokens, reasoning included: made by the inference server, and delivered to the caller. */
  produced: bigint;
  delivered: bigint;
  usage_provenance: "final" | "continuous" | "provider_async" | "counted";
  charge: bigint;
  energy_millijoules: bigint | null;
  energy_provenance: "measured" | "modelled" | "declared" | "unknown";
  finish_reason: string;
  flags: ColumnType<string[], string[], string[]>;
  started_at: Timestamp;
  ended_at: Timestamp;
}

interface ReceiptTable {
  id: string;
  session: string;
  sequence: bigint;
  previous: string;
  hash: string;
  charge: bigint;
  cumulative: bigint;
  /** The EIP-712 encoding whose hash is signed. */
  encoded: string;
  /** The receipt as canonical JSON text would show it. */
  body: Json<Record<string, unknown>>;
  batch_root: string | null;
  proof: ColumnType<string[] | null, string | null, string | null>;
  signature: string | null;
}

interface SettlementIntentTable {
  id: string;
  offering: string;
  rows: Json<unknown[]>;
  receipts_root: string;
  nonce: number | null;
  /** Of all transactions that were sent for it, oldest first: replaced ones may be mined, too. */
  tx_hashes: ColumnType<string[], string | undefined, string>;
  state: "planned" | "sent" | "mined" | "failed";
  /** Where it settled; a reorganisation of that block makes it `sent` again. */
  mined_block: bigint | null;
  created_at: Generated<Date>;
}
