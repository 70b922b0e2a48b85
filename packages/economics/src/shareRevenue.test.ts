import fc from "fast-check";
import { describe, expect, it } from "vitest";
import cases from "../vectors/shareRevenue.json" with { type: "json" };
import { claimRevenue, earned, type Holding, receiveShares, revenuePerShare, sendShares } from "./shareRevenue.ts";
import { baseUnits, type ShareUnits, shareUnits } from "./units.ts";

/** The smallest ledger of accounts that the steps can run on. */
function holdings(initial: Record<string, bigint>) {
  const accounts = new Map<string, Holding>();
  for (const [name, balance] of Object.entries(initial)) {
    accounts.set(name, { balance: shareUnits(balance), correction: 0n });
  }
  const supply = shareUnits(Object.values(initial).reduce((sum, balance) => sum + balance, 0n));
  const state = { lifetime: 0n, claimed: 0n };
  const get = (name: string): Holding => accounts.get(name) ?? { balance: 0n as ShareUnits, correction: 0n };
  const perShare = () => revenuePerShare(baseUnits(state.lifetime), supply);
  const claimable = (name: string) => earned(get(name), perShare());
  return {
    state,
    accounts,
    claimable,
    dust: () => [...accounts.keys()].reduce((left, name) => left - claimable(name), state.lifetime - state.claimed),
    accrue(amount: bigint) {
      state.lifetime += amount;
    },
    transfer(from: string, to: string, amount: bigint) {
      accounts.set(from, sendShares(get(from), shareUnits(amount), perShare()));
      accounts.set(to, receiveShares(get(to), shareUnits(amount), perShare()));
    },
    claim(name: string) {
      const { holding, paid } = claimRevenue(get(name), perShare());
      accounts.set(name, holding);
      state.claimed += paid;
      return paid;
    },
  };
}

type Step =
  | { step: "accrue"; amount: string }
  | { step: "transfer"; from: string; to: string; amount: string }
  | { step: "claim"; holder: string; paid: string };

const bigints = (values: object) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, BigInt(value)]));

it.each(cases)("$name", ({ initial, steps, lifetime, claimed, balances, claimable, dust }) => {
  const shares = holdings(bigints(initial));
  for (const step of steps as Step[]) {
    if (step.step === "accrue") shares.accrue(BigInt(step.amount));
    else if (step.step === "transfer") shares.transfer(step.from, step.to, BigInt(step.amount));
    else expect(shares.claim(step.holder)).toBe(BigInt(step.paid));
  }
  expect(shares.state).toEqual({ lifetime: BigInt(lifetime), claimed: BigInt(claimed) });
  for (const [name, balance] of Object.entries(bigints(balances))) {
    expect(shares.accounts.get(name)?.balance ?? 0n).toBe(balance);
  }
  for (const [name, amount] of Object.entries(bigints(claimable))) expect(shares.claimable(name)).toBe(amount);
  expect(shares.dust()).toBe(BigInt(dust));
});

const NAMES = ["alice", "bob", "carol", "dave"];
const name = fc.constantFrom(...NAMES);
const supplies = fc.oneof(
  fc.tuple(fc.bigInt(1n, 5n), fc.bigInt(0n, 5n)),
  fc.tuple(fc.bigInt(1n, 2n ** 63n), fc.bigInt(0n, 2n ** 63n - 1n)),
);
const histories = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("accrue" as const), amount: fc.bigInt(0n, 20n) }),
    fc.record({ kind: fc.constant("accrue" as const), amount: fc.bigInt(0n, 2n ** 89n) }),
    fc.record({ kind: fc.constant("transfer" as const), from: name, to: name, permille: fc.bigInt(0n, 1000n) }),
    fc.record({ kind: fc.constant("claim" as const), holder: name }),
  ),
  { maxLength: 60 },
);

it("owes and pays at most the lifetime revenue, and all of it but one base unit per account", () => {
  fc.assert(
    fc.property(supplies, histories, ([alice, bob], steps) => {
      const shares = holdings({ alice, bob, carol: 0n, dave: 0n });
      for (const step of steps) {
        const before = NAMES.map(shares.claimable);
        if (step.kind === "accrue") shares.accrue(step.amount);
        else if (step.kind === "claim") expect(shares.claim(step.holder)).toBe(before[NAMES.indexOf(step.holder)]);
        else {
          const balance = shares.accounts.get(step.from)?.balance ?? 0n;
          shares.transfer(step.from, step.to, (balance * step.permille) / 1000n);
          // A transfer moves future revenue only.
          expect(NAMES.map(shares.claimable)).toEqual(before);
        }
        expect(shares.dust()).toBeGreaterThanOrEqual(0n);
        expect(shares.dust()).toBeLessThanOrEqual(BigInt(NAMES.length));
        for (const { correction } of shares.accounts.values()) {
          // The bound that lets the contract pack the correction into an int192.
          expect(correction < 2n ** 191n && correction >= -(2n ** 191n)).toBe(true);
        }
      }
    }),
  );
});

describe("refuses what has no meaning", () => {
  const perShare = revenuePerShare(baseUnits(10n), shareUnits(10n));
  it.each([
    ["a supply of 0", () => revenuePerShare(baseUnits(1n), shareUnits(0n))],
    [
      "sending more than one has",
      () => sendShares({ balance: shareUnits(1n), correction: 0n }, shareUnits(2n), perShare),
    ],
    ["a slot that no history leads to", () => earned({ balance: shareUnits(1n), correction: -(1n << 65n) }, perShare)],
  ])("%s", (_, call) => {
    expect(call).toThrow(RangeError);
  });
});
