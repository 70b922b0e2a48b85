import type { Holding } from "@joulemint/economics/shareRevenue";
import type { Offering } from "@joulemint/protocol/Offering";
import type { Address, Hex } from "viem";
import type {
  ClaimLine,
  ConsumptionLine,
  PurchaseLine,
  RedemptionLine,
  ReleaseLine,
  SessionLine,
  SettlementLine,
} from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import type { ChainLog } from "../chain/readLogs.ts";

/** An offering's terms and what its events add up to. Credits in millicredits, money in base units. */
export interface OfferingBook {
  readonly id: Hex;
  readonly terms: Offering;
  readonly registeredBlock: bigint;
  issued: bigint;
  paid: bigint;
  redeemed: bigint;
  refunded: bigint;
  consumed: bigint;
  /** Of what was consumed, what owners took out of their wallets for it. */
  consumedByOwners: bigint;
  released: bigint;
  /** What was consumed when revenue was released for the last time. */
  consumedAtRelease: bigint;
  readonly parts: { holders: bigint; treasury: bigint; operator: bigint };
  readonly claimed: { operator: bigint; treasury: bigint };
}

export interface SessionBook {
  readonly id: Hex;
  readonly offering: Hex;
  readonly owner: Address;
  readonly signer: Address;
  readonly salt: Hex;
  readonly openedBlock: bigint;
  cap: bigint;
  used: bigint;
  state: Exclude<SessionLine["state"], "suspended">;
  closableAt: bigint | null;
}

export interface WalletBook {
  readonly offering: Hex;
  readonly owner: Address;
  credits: bigint;
}

export interface HolderBook {
  readonly holder: Address;
  holding: Holding;
  claimed: bigint;
}

/** A model's shares: who holds them, and what came in and went out. */
export interface ModelBook {
  readonly address: Address;
  owner: Address | null;
  supply: bigint;
  lifetime: bigint;
  claimed: bigint;
  readonly holders: Map<Address, HolderBook>;
}

/** What the events of `Credits`, of all operators, and of some models' shares add up to. */
export interface Books {
  readonly offerings: Map<Hex, OfferingBook>;
  readonly sessions: Map<Hex, SessionBook>;
  /** By offering and owner, joined by a space. */
  readonly wallets: Map<string, WalletBook>;
  readonly models: Map<Address, ModelBook>;
  readonly purchases: PurchaseLine[];
  readonly redemptions: RedemptionLine[];
  readonly consumptions: ConsumptionLine[];
  readonly settlements: SettlementLine[];
  readonly releases: ReleaseLine[];
  readonly claims: ClaimLine[];
  /** Where a contract broke its own formulas. */
  readonly findings: Finding[];
}

export function emptyBooks(): Books {
  return {
    offerings: new Map(),
    sessions: new Map(),
    wallets: new Map(),
    models: new Map(),
    purchases: [],
    redemptions: [],
    consumptions: [],
    settlements: [],
    releases: [],
    claims: [],
    findings: [],
  };
}

/** Notes what an event says against what it must say. */
export function check(books: Books, log: ChainLog, field: string, expected: unknown, actual: unknown): void {
  if (expected !== actual) note(books, log, field, expected, actual);
}

export function note(books: Books, log: ChainLog, field: string, expected: unknown, actual: unknown): void {
  const subject = `event ${log.event.name} at ${log.blockNumber}/${log.logIndex}`;
  books.findings.push({ subject, field, expected: String(expected), actual: String(actual) });
}

/** The entry that an event presupposes; noted and `undefined` if the events before it do not have it. */
export function known<K extends string, T>(
  books: Books,
  log: ChainLog,
  [name, entries]: readonly [string, ReadonlyMap<K, T>],
  key: K,
): T | undefined {
  const entry = entries.get(key);
  if (entry === undefined) note(books, log, name, "one that an earlier event names", key);
  return entry;
}

export const positionOf = ({ blockNumber, logIndex, transactionHash }: ChainLog) => {
  return { blockNumber, logIndex, transactionHash };
};
