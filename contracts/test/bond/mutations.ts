import { expect } from "chai";
import { accusations, type Evidence, FAULT } from "../../testing/accusations.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { CARD, deployOperatorBond } from "../../testing/deployOperatorBond.ts";
import { type Receipt, receiptHash } from "../../testing/receipts.ts";
import type { Voucher } from "../../testing/typedData.ts";

const another = ethers.id("another");
const { brokenChain, overcharge, wrongRateCard, wrongOffering, equivocation, falseVoucher } = FAULT;

/** What a field was changed to, and what the receipt and the one before it prove then. */
type Mutation = readonly [to: Receipt[keyof Receipt], ...faults: bigint[]];

/** For every field of the second receipt of a chain, which `ReceiptChain` makes. */
const mutations: Readonly<Record<keyof Receipt, readonly Mutation[]>> = {
  id: [[ethers.toBeHex(99n, 16)]],
  receiptKey: [[new ethers.Wallet(ethers.id("east key")).address]],
  session: [[another, brokenChain]],
  offering: [[another, brokenChain, wrongOffering]],
  sequence: [
    [3n, brokenChain],
    [1n, equivocation, brokenChain],
  ],
  previous: [[another, brokenChain]],
  requestHash: [[another]],
  responseHash: [[another]],
  tier: [[2n]],
  input: [[63n, overcharge], [65n]],
  cachedInput: [[79n, overcharge], [81n]],
  cacheWrite: [[7n, overcharge], [9n]],
  output: [[89n, overcharge], [91n]],
  reasoning: [[9n, overcharge], [11n]],
  produced: [[1n]],
  delivered: [[1n]],
  usageProvenance: [["counted"]],
  rateCardHash: [[another, wrongRateCard]],
  charge: [
    [120_502n, brokenChain, overcharge],
    [120_500n, brokenChain],
  ],
  cumulative: [
    [241_003n, brokenChain],
    [241_001n, brokenChain],
  ],
  energyMillijoules: [[1n]],
  energyProvenance: [["declared"]],
  finishReason: [["length"]],
  flags: [["capped"]],
  startedAt: [[1n]],
  endedAt: [[1n]],
};

/** The kinds of fault that evidence proves. */
async function proven(bond: Parameters<typeof accusations>[0], evidence: Evidence, to: string): Promise<bigint[]> {
  const tries = accusations(bond, evidence, to).map(async ({ fault, prove }) => {
    try {
      await prove();
      return fault;
    } catch {
      return null;
    }
  });
  const faults = (await Promise.all(tries)).filter((fault) => fault !== null);
  return [...new Set(faults)].sort();
}

async function threeReceipts() {
  const joulemint = await deployOperatorBond();
  const { chain, north, east, sign, bond, stranger, opened, offering } = joulemint;
  const history = chain();
  for (const { address } of [east, north, north]) history.call(address);
  const [first, second, third] = await sign(...history.receipts);
  const proves = (receipts: Evidence["receipts"], vouchers: Evidence["vouchers"] = []) =>
    proven(bond, { receipts, vouchers, card: CARD, offering, session: opened }, stranger.address);
  return { ...joulemint, history, first, second, third, proves };
}

describe("OperatorBond, shown a receipt of which one field was changed and signed", () => {
  for (const [field, cases] of Object.entries(mutations))
    for (const [to, ...faults] of cases)
      it(`has proof of ${faults.length} faults in a receipt whose ${field} became ${to}`, async () => {
        const { history, first, second, third, sign, proves } = await networkHelpers.loadFixture(threeReceipts);
        const [mutated] = await sign({ ...history.receipts[1], [field]: to });
        expect(await proves([first, mutated])).to.deep.equal(faults);

        // Nothing is harmless next to what it took the place of, or to what follows that.
        expect(await proves([first, mutated, third])).to.include(brokenChain);
        if (!["session", "sequence"].includes(field)) expect(await proves([second, mutated])).to.include(equivocation);
      });
});

describe("OperatorBond, shown a voucher of which one field was changed and signed", () => {
  const changes: Readonly<Record<string, (receipts: readonly Receipt[]) => Partial<Voucher>>> = {
    "another session": () => ({ session: another }),
    "a larger sum": ([, { cumulative }]) => ({ cumulative: cumulative + 1n }),
    "a smaller sum": ([, { cumulative }]) => ({ cumulative: cumulative - 1n }),
    "no receipt as its head": () => ({ receiptsHead: another }),
    "the receipt before as its head": ([first]) => ({ receiptsHead: receiptHash(first) }),
    "the receipt after as its head": ([, , third]) => ({ receiptsHead: receiptHash(third) }),
  };
  for (const [name, change] of Object.entries(changes))
    it(`has proof of it: ${name}`, async () => {
      const { history, first, second, third, voucher, proves } = await networkHelpers.loadFixture(threeReceipts);
      const [, receipt] = history.receipts;
      const mutated = await voucher(receipt, change(history.receipts));
      expect(await proves([first, second, third], [await voucher(receipt)])).to.deep.equal([]);
      expect(await proves([first, second, third], [mutated])).to.deep.equal([falseVoucher]);
    });
});
