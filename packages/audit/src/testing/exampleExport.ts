import { merkleRoot } from "@joulemint/protocol/merkle";
import { type Offering, offeringId } from "@joulemint/protocol/Offering";
import { type Address, type Hex, type Transport, zeroHash } from "viem";
import type { ExportEntry } from "../writeExport.ts";
import { addresses, ExampleContracts, type Voucher } from "./ExampleContracts.ts";
import { ExampleReceipts, exampleCard, exampleCardHash, receiptAccount } from "./exampleReceipts.ts";
import { named } from "./named.ts";

const NANO = 1_000_000_000n;
const [alice, bob, carol] = ["Alice", "Bob", "Carol"].map(named.address) as [Address, Address, Address];
const [operator, treasury, settler, stranger, metering] = [
  "operator",
  "treasury",
  "settler",
  "stranger",
  "metering",
].map(named.address) as [Address, Address, Address, Address, Address];
const [holder1, holder2] = [named.address("holder 1"), named.address("holder 2")];
const dao = named.address("DAO");

/** An odd price, so that roundings show. */
const terms = (change: Partial<Offering> = {}): Offering => ({
  model: addresses.shares,
  kind: named.word("inference"),
  termsHash: named.word("terms"),
  tier: "standard",
  paymentToken: addresses.token,
  pricePerMillion: 1_234_567_891n,
  rateCardHash: exampleCardHash,
  holdersBps: 3_333,
  treasuryBps: 777,
  treasury,
  operator,
  sellUntil: 4_000_000_000n,
  exitDelay: 3_600,
  expiresAt: 0n,
  transferable: true,
  ...change,
});

export interface ExampleExport {
  readonly entries: readonly ExportEntry[];
  readonly transport: Transport;
  readonly contracts: ExampleContracts;
  readonly receiptKey: Address;
  readonly settler: Address;
  /** By name: open with receipts to settle, closing, closed, and gone from the chain. */
  readonly sessions: Readonly<Record<"open" | "closing" | "closed" | "suspended", Hex>>;
}

/**
 * A factory's life on one offering, with another operator beside it on the same contracts, and the export that its
 * API would give of it: what it says is counted here, apart from the code that audits it.
 */
export async function exampleExport(): Promise<ExampleExport> {
  const contracts = new ExampleContracts(dao, { [holder1]: 1_000n, [holder2]: 24n });
  const { chain } = contracts;
  const receipts = new ExampleReceipts();
  const files: Record<string, Record<string, unknown>[]> = {};
  const write = (file: string, line: object) => {
    files[file] ??= [];
    files[file].push(line as Record<string, unknown>);
  };

  const offering = offeringId(terms());
  const other = offeringId(terms({ operator: stranger, holdersBps: 9_999, treasuryBps: 1 }));
  const { blockNumber: registeredBlock } = contracts.register(terms());
  contracts.register(terms({ operator: stranger, holdersBps: 9_999, treasuryBps: 1 }));

  const bought = (buyer: Address, credits: bigint, { session: _, ...at }: { session?: Hex; cost: bigint }) =>
    write("purchases.jsonl", { ...at, offering, buyer, recipient: buyer, credits });
  const buyAndOpen = (owner: Address, signer: Address, name: string, credits: bigint): Hex => {
    const opened = contracts.buyAndOpen(offering, owner, signer, named.word(name), credits);
    bought(owner, credits, opened);
    return opened.session;
  };
  const settle = (submitter: Address, vouchers: readonly Voucher[], receiptsRoot: Hex) => {
    const { at, rows } = contracts.settle(offering, submitter, vouchers, receiptsRoot);
    for (const [position, row] of rows.entries()) {
      write("settlements.jsonl", { ...at, offering, submitter, receiptsRoot, position, ...row });
    }
  };
  const release = () => write("releases.jsonl", { ...contracts.release(offering), offering });
  const call = (session: Hex, output: bigint, more: object = {}) =>
    receipts.charge({ session, offering, output, ...more });

  // A stranger's offering on the same contracts, with its own buyer and its revenue.
  const foreign = contracts.buyAndOpen(other, stranger, stranger, named.word("foreign"), 5_000_000n);
  contracts.settle(
    other,
    stranger,
    [{ session: foreign.session, cumulative: 4_000n, receiptsHead: named.word("own") }],
    named.word("own root"),
  );
  contracts.release(other);

  const open = buyAndOpen(alice, metering, "open", 1_000_001n);
  const openedBlocks = new Map<Hex, bigint>([[open, chain.head.number]]);
  const wallet = contracts.buy(offering, bob, bob, 777_777n);
  write("purchases.jsonl", { ...wallet, offering, buyer: bob, recipient: bob, credits: 777_777n });
  const closing = contracts.open(offering, bob, bob, named.word("closing"), 300_000n);
  openedBlocks.set(closing, chain.head.number);
  contracts.transferCredits(offering, bob, carol, 100_000n);
  const { credits: redeemed, ...redemption } = contracts.redeem(offering, carol, bob, 99_999n);
  write("redemptions.jsonl", {
    ...redemption,
    offering,
    session: null,
    owner: carol,
    recipient: bob,
    credits: redeemed,
  });
  const consumption = contracts.consume(offering, bob, named.word("dataset"), 40_001n);
  write("consumptions.jsonl", consumption);
  const closed = buyAndOpen(carol, metering, "closed", 50_000n);
  openedBlocks.set(closed, chain.head.number);

  const first = call(open, 100n);
  const second = call(open, 37n, { energyMillijoules: 0n, flags: ["disconnected"] });
  const ofClosed = call(closed, 12n);
  const ofClosing = call(closing, 20n);
  settle(
    settler,
    [
      { session: open, cumulative: second.cumulative, receiptsHead: second.hash },
      { session: closed, cumulative: ofClosed.cumulative, receiptsHead: ofClosed.hash },
    ],
    merkleRoot([first.hash, second.hash, ofClosed.hash]),
  );
  release();
  // A stranger settles what others signed, with a root that means nothing, and posts rows that do nothing.
  settle(
    stranger,
    [
      { session: open, cumulative: second.cumulative, receiptsHead: zeroHash },
      { session: named.word("nobody"), cumulative: 5n, receiptsHead: zeroHash },
      { session: closing, cumulative: 1_000_000n, receiptsHead: named.word("forged"), forged: true },
    ],
    named.word("nothing"),
  );
  const third = call(open, 600n);
  const toppedUp = contracts.topUp(open, bob, alice, 250_000n);
  write("purchases.jsonl", { ...toppedUp, offering, buyer: bob, recipient: alice, credits: 250_000n });
  settle(
    settler,
    [
      { session: open, cumulative: third.cumulative, receiptsHead: third.hash },
      { session: closing, cumulative: ofClosing.cumulative, receiptsHead: ofClosing.hash },
    ],
    merkleRoot([third.hash, ofClosing.hash]),
  );
  contracts.requestClose(closed, 2_000_000_000n);
  const { credits: unused, ...refund } = contracts.close(closed, alice);
  write("redemptions.jsonl", { ...refund, offering, session: closed, owner: carol, recipient: alice, credits: unused });
  contracts.requestClose(closing, 2_000_000_001n);

  contracts.transferShares(holder1, carol, 500n);
  contracts.pay(stranger, addresses.shares, 1_001n);
  release();
  contracts.pay(stranger, addresses.shares, 5n);
  contracts.pay(stranger, addresses.credits, 11n);
  const ofHolder = contracts.claimShares(holder1, bob);
  const model = addresses.shares;
  write("claims.jsonl", { ...ofHolder, role: "holder", model, offering: null, account: holder1, recipient: bob });
  contracts.handOver(offering, 1, treasury, dao);
  const ofTreasury = contracts.claimSplit(offering, 1, dao);
  write("claims.jsonl", { ...ofTreasury, role: "treasury", model, offering, account: dao, recipient: dao });

  // Served and not settled: the last of them while another call is on hold.
  call(open, 55n);
  const suspended = named.word("a session whose purchase was dropped");
  call(suspended, 9n);
  const onHold = 12_345n;
  chain.mine();

  const price = terms().pricePerMillion;
  const state = contracts.offerings.get(offering);
  if (state === undefined) throw new Error("the offering is gone");
  const end = receipts.end(open);
  const slot = (session: Hex) => contracts.sessions.get(session) ?? { cap: 0n, used: 0n };
  const meter = (session: Hex) => ({
    session,
    offering,
    openedBlock: openedBlocks.get(session),
    ...receipts.end(session),
  });
  const available = slot(open).cap - end.charged - onHold;
  write("sessions.jsonl", {
    ...meter(open),
    ...{ owner: alice, signer: metering, salt: named.word("open"), cap: slot(open).cap, used: slot(open).used },
    ...{ state: "open", closableAt: null, available, onHold, uncollectible: 0n },
  });
  const left = slot(closing).cap - ofClosing.cumulative;
  write("sessions.jsonl", {
    ...meter(closing),
    ...{ owner: bob, signer: bob, salt: named.word("closing"), cap: 300_000n, used: ofClosing.cumulative },
    ...{ state: "closing", closableAt: 2_000_000_001n, available: left, onHold: 0n, uncollectible: 0n },
  });
  write("sessions.jsonl", {
    ...meter(closed),
    ...{ owner: carol, signer: metering, salt: named.word("closed"), cap: 50_000n, used: ofClosed.cumulative },
    ...{ state: "closed", closableAt: 2_000_000_000n, available: 0n, onHold: null, uncollectible: 0n },
  });
  const lost = receipts.end(suspended).charged;
  write("sessions.jsonl", {
    ...meter(suspended),
    ...{ owner: null, signer: null, salt: null, openedBlock: null, cap: 0n, used: 0n },
    ...{ state: "suspended", closableAt: null, available: 0n, onHold: null, uncollectible: lost },
  });

  const issued = 1_000_001n + 777_777n + 50_000n + 250_000n;
  const settled = third.cumulative + ofClosing.cumulative + ofClosed.cumulative;
  const total = (file: string, field: string, of: (line: Record<string, unknown>) => boolean = () => true) =>
    (files[file] ?? []).reduce((sum, line) => sum + (of(line) ? (line[field] as bigint) : 0n), 0n);
  const part = (name: string) => total("releases.jsonl", name);
  write("offerings.jsonl", {
    offering,
    ...terms(),
    ...{
      registeredBlock,
      outstanding: state.outstanding,
      consumed: settled + 40_001n,
      released: state.released,
      releasable: 0n,
    },
    ...{ holdersRevenue: part("holders"), operatorEarned: part("operator"), operatorClaimed: 0n },
    ...{ operatorClaimable: part("operator"), treasuryEarned: part("treasury"), treasuryClaimed: ofTreasury.amount },
    treasuryClaimable: 0n,
    credits: {
      issued,
      inWallets: 777_777n - 300_000n - 99_999n - 40_001n,
      available: available + left,
      onHold,
      charged: end.charged - third.cumulative,
      settledWithReceipts: settled,
      settledWithoutReceipts: 0n,
      consumedByOwners: 40_001n,
      redeemed: 99_999n + unused,
      uncollectible: lost,
    },
  });
  const paid = total("purchases.jsonl", "cost");
  const refunded = total("redemptions.jsonl", "amount");
  write("models.jsonl", {
    ...{ model, name: "Example model", symbol: "EXM", owner: dao, paymentToken: addresses.token, supply: 1_024n },
    lifetimeRevenue: contracts.lifetime,
    claimedRevenue: ofHolder.amount,
    money: {
      moneyIn: (paid + contracts.lifetime - part("holders")) * NANO,
      escrow: state.outstanding * price,
      consumedNotReleased: 0n,
      payableOperator: part("operator") * NANO,
      payableTreasury: 0n,
      payableHolders: (contracts.lifetime - ofHolder.amount) * NANO,
      claimedOperator: 0n,
      claimedTreasury: ofTreasury.amount * NANO,
      claimedHolders: ofHolder.amount * NANO,
      refunded: refunded * NANO,
      dust: (paid - state.released - refunded) * NANO - state.outstanding * price,
    },
  });
  for (const [key, credits] of contracts.wallets) {
    const [of, owner] = key.split(" ");
    if (of === offering && credits > 0n) write("balances.jsonl", { offering, owner, credits });
  }
  for (const [holder, { shares, claimed }] of contracts.holders) {
    write("holdings.jsonl", { model, holder, shares, claimed, claimable: contracts.claimableShares(holder) });
  }
  const weights = Object.fromEntries(Object.entries(exampleCard).filter(([, weight]) => weight > 0n));
  write("rate-cards.jsonl", { rateCardHash: exampleCardHash, weights });
  files["receipts.jsonl"] = (await receipts.lines({ chainId: chain.chainId, credits: addresses.credits })) as Record<
    string,
    unknown
  >[];

  return {
    entries: entriesOf(files, { chainId: chain.chainId, credits: addresses.credits, block: chain.head }),
    transport: chain.transport(),
    contracts,
    receiptKey: receiptAccount.address,
    settler,
    sessions: { open, closing, closed, suspended },
  };
}

/** In the order of the lines' keys, with the manifest at the end. */
function entriesOf(files: Readonly<Record<string, readonly object[]>>, of: object): ExportEntry[] {
  const entries = Object.entries(files).flatMap(([file, lines]) =>
    lines.toSorted(byKey).map((line) => ({ file, line })),
  );
  const counts = Object.fromEntries(Object.entries(files).map(([file, lines]) => [file, lines.length]));
  return [
    ...entries,
    { file: "manifest.json", line: { version: 1, ...of, finality: "LATEST", difference: "0", counts } },
  ];
}

const KEY = ["blockNumber", "logIndex", "position", "session", "sequence", "offering", "owner", "model", "holder"];

function byKey(a: object, b: object): number {
  for (const name of "blockNumber" in a ? KEY : "session" in a ? KEY.slice(3) : KEY.slice(5)) {
    const [one, two] = [a, b].map((line) => (line as Record<string, string | bigint>)[name]);
    if (one === undefined || two === undefined || one === two) continue;
    return one < two ? -1 : 1;
  }
  return 0;
}
