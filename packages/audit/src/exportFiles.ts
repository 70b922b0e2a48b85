import { METERS } from "@joulemint/economics/meters";
import { type RateCard, rateCard } from "@joulemint/economics/RateCard";
import { SETTLED_REASONS } from "@joulemint/protocol/settledRows";
import { TIERS } from "@joulemint/protocol/Tier";
import type { Hex } from "viem";
import {
  address,
  amount,
  count,
  flag,
  hash,
  nullable,
  type Of,
  object,
  oneOf,
  type Reader,
  record,
  text,
} from "./internal/shape/fields.ts";
import { Malformed } from "./internal/shape/Malformed.ts";
import { type ReceiptLine, readReceiptLine } from "./internal/shape/readReceiptLine.ts";

export type { ReceiptLine };

/** How the lines of one file are read, and what they are ordered by. */
interface ExportFile<Line> {
  readonly read: Reader<Line>;
  readonly key: (line: Line) => readonly (string | bigint | number)[];
}

export const CREDIT_BUCKETS = [
  "issued",
  "inWallets",
  "available",
  "onHold",
  "charged",
  "settledWithReceipts",
  "settledWithoutReceipts",
  "consumedByOwners",
  "redeemed",
  "uncollectible",
] as const;

export const MONEY_BUCKETS = [
  "moneyIn",
  "escrow",
  "consumedNotReleased",
  "payableOperator",
  "payableTreasury",
  "payableHolders",
  "claimedOperator",
  "claimedTreasury",
  "claimedHolders",
  "refunded",
  "dust",
] as const;

const amounts = <const Name extends string>(names: readonly Name[]) =>
  object(Object.fromEntries(names.map((name) => [name, amount])) as Record<Name, Reader<bigint>>);

const position = { blockNumber: amount, logIndex: count, transactionHash: hash };

const modelShape = {
  model: address,
  name: text,
  symbol: text,
  owner: address,
  paymentToken: address,
  supply: amount,
  lifetimeRevenue: amount,
  claimedRevenue: amount,
  /** In 10^-9 of a base unit. */
  money: amounts(MONEY_BUCKETS),
};

const offeringShape = {
  offering: hash,
  model: address,
  kind: hash,
  termsHash: hash,
  tier: oneOf(...TIERS),
  paymentToken: address,
  pricePerMillion: amount,
  rateCardHash: hash,
  holdersBps: count,
  treasuryBps: count,
  treasury: address,
  operator: address,
  sellUntil: amount,
  exitDelay: count,
  expiresAt: amount,
  transferable: flag,
  registeredBlock: amount,
  outstanding: amount,
  consumed: amount,
  released: amount,
  releasable: amount,
  holdersRevenue: amount,
  operatorEarned: amount,
  operatorClaimed: amount,
  operatorClaimable: amount,
  treasuryEarned: amount,
  treasuryClaimed: amount,
  treasuryClaimable: amount,
  credits: amounts(CREDIT_BUCKETS),
};

/** `suspended`: the chain does not have the session at the block of the export; what only the chain knows is `null` then. */
const sessionShape = {
  session: hash,
  offering: hash,
  owner: nullable(address),
  signer: nullable(address),
  salt: nullable(hash),
  cap: amount,
  used: amount,
  state: oneOf("open", "closing", "closed", "suspended"),
  closableAt: nullable(amount),
  openedBlock: nullable(amount),
  charged: amount,
  available: amount,
  /** `null` where the session is closed or suspended. */
  onHold: nullable(amount),
  sequence: amount,
  receiptsHead: hash,
  uncollectible: amount,
};

const balanceShape = { offering: hash, owner: address, credits: amount };
const holdingShape = { model: address, holder: address, shares: amount, claimable: amount, claimed: amount };

const settlementShape = {
  ...position,
  offering: hash,
  submitter: address,
  receiptsRoot: hash,
  position: count,
  session: hash,
  used: amount,
  consumed: amount,
  receiptsHead: hash,
  reason: oneOf(...SETTLED_REASONS),
};

const releaseShape = {
  ...position,
  offering: hash,
  amount,
  holders: amount,
  treasury: amount,
  operator: amount,
};

const claimShape = {
  ...position,
  role: oneOf("operator", "treasury", "holder"),
  model: address,
  offering: nullable(hash),
  account: address,
  recipient: address,
  amount,
};

const purchaseShape = {
  ...position,
  offering: hash,
  buyer: address,
  recipient: address,
  credits: amount,
  cost: amount,
};

const redemptionShape = {
  ...position,
  offering: hash,
  /** `null`: credits of a wallet; else the session that was closed. */
  session: nullable(hash),
  owner: address,
  recipient: address,
  credits: amount,
  amount,
};

const consumptionShape = {
  ...position,
  offering: hash,
  owner: address,
  receipt: hash,
  subject: hash,
  credits: amount,
  /** What the offering had consumed before. */
  sequence: amount,
};

export type ModelLine = Of<typeof modelShape>;
export type OfferingLine = Of<typeof offeringShape>;
export type SessionLine = Of<typeof sessionShape>;
export type BalanceLine = Of<typeof balanceShape>;
export type HoldingLine = Of<typeof holdingShape>;
export type SettlementLine = Of<typeof settlementShape>;
export type ReleaseLine = Of<typeof releaseShape>;
export type ClaimLine = Of<typeof claimShape>;
export type PurchaseLine = Of<typeof purchaseShape>;
export type RedemptionLine = Of<typeof redemptionShape>;
export type ConsumptionLine = Of<typeof consumptionShape>;

export interface RateCardLine {
  readonly rateCardHash: Hex;
  /** All meters; the line has those alone that cost something. */
  readonly weights: RateCard;
}

const readRateCardLine: Reader<RateCardLine> = (value, field) => {
  const { rateCardHash, weights } = object({ rateCardHash: hash, weights: record })(value, field);
  const known = Object.entries(weights).map(([meter, weight]) => {
    const name = `weights.${meter}`;
    oneOf(...METERS)(meter, name);
    const units = amount(weight, name);
    if (units === 0n || units >> 64n !== 0n) throw new Malformed(name, "a uint64 above 0", weight);
    return [meter, units];
  });
  return { rateCardHash, weights: rateCard(Object.fromEntries(known)) };
};

const file = <Line>(read: Reader<Line>, key: ExportFile<Line>["key"]): ExportFile<Line> => ({ read, key });
const at = ({ blockNumber, logIndex }: { readonly blockNumber: bigint; readonly logIndex: number }) =>
  [blockNumber, logIndex] as const;

/** The files of an export beside its manifest, each with one JSON document in a line. */
export const exportFiles = {
  "receipts.jsonl": file(readReceiptLine, ({ receipt }) => [receipt.session, receipt.sequence]),
  "rate-cards.jsonl": file(readRateCardLine, ({ rateCardHash }) => [rateCardHash]),
  "models.jsonl": file(object(modelShape), ({ model }) => [model]),
  "offerings.jsonl": file(object(offeringShape), ({ offering }) => [offering]),
  "sessions.jsonl": file(object(sessionShape), ({ session }) => [session]),
  "balances.jsonl": file(object(balanceShape), ({ offering, owner }) => [offering, owner]),
  "holdings.jsonl": file(object(holdingShape), ({ model, holder }) => [model, holder]),
  "settlements.jsonl": file(object(settlementShape), (line) => [...at(line), line.position]),
  "releases.jsonl": file(object(releaseShape), at),
  "claims.jsonl": file(object(claimShape), at),
  "purchases.jsonl": file(object(purchaseShape), at),
  "redemptions.jsonl": file(object(redemptionShape), at),
  "consumptions.jsonl": file(object(consumptionShape), at),
} as const;

export type ExportFileName = keyof typeof exportFiles;
export const EXPORT_FILES = Object.keys(exportFiles) as readonly ExportFileName[];

/** Name of the one-line file that says what the export is of. */
export const MANIFEST = "manifest.json";

export const FINALITIES = ["LATEST", "SAFE", "FINALIZED"] as const;

const manifestShape = {
  version: oneOf(1),
  chainId: count,
  credits: address,
  block: object({ number: amount, hash }),
  finality: oneOf(...FINALITIES),
  /** What the factory's own reconciliation said. */
  difference: amount,
  counts: object(
    Object.fromEntries(EXPORT_FILES.map((name) => [name, count])) as Record<ExportFileName, Reader<number>>,
  ),
};

export type Manifest = Of<typeof manifestShape>;
export const readManifest: Reader<Manifest> = object(manifestShape);

/** The lines of an export, file by file. */
export type ExportLines = {
  readonly [Name in ExportFileName]: readonly ReturnType<(typeof exportFiles)[Name]["read"]>[];
};
