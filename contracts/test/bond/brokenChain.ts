import { expect } from "chai";
import { FAULT } from "../../testing/accusations.ts";
import { signMeteringKeyConsent, signReceiptKeyConsent } from "../../testing/bondConsents.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployOperatorBond, STAKE } from "../../testing/deployOperatorBond.ts";
import type { Receipt } from "../../testing/receipts.ts";

const { loadFixture } = networkHelpers;
const MAX_UINT64 = 2n ** 64n - 1n;

/** Two receipts that follow each other, by two gateways, of which the second is changed by `change`. */
async function neighbours(change: Partial<Receipt>) {
  const joulemint = await loadFixture(deployOperatorBond);
  const { chain, north, east, sign } = joulemint;
  const history = chain();
  const receipt = history.call(north.address);
  const next = { ...history.call(east.address), ...change };
  const [one, other] = await sign(receipt, next);
  return { ...joulemint, receipt, next, one, other };
}

describe("OperatorBond.proveBrokenChain", () => {
  const broken: Readonly<Record<string, Partial<Receipt>>> = {
    "a sum that is too large": { cumulative: 241_003n },
    "a sum that is too small": { cumulative: 241_001n },
    "a charge that is not in the sum": { charge: 0n },
    "a sum of the charge alone": { cumulative: 120_501n },
    "a sequence that skips one": { sequence: 3n },
    "the same sequence": { sequence: 1n },
    "another session": { session: ethers.id("another session") },
    "another offering": { offering: ethers.id("another offering") },
    "another predecessor": { previous: ethers.id("another receipt") },
    "no predecessor": { previous: ethers.ZeroHash },
  };
  for (const [name, change] of Object.entries(broken))
    it(`slashes for a next receipt with ${name}`, async () => {
      const { bond, reporter, stranger, metering, one, other } = await neighbours(change);
      await expect(reporter.proveBrokenChain(one, other, stranger))
        .to.emit(bond, "Slashed")
        .withArgs(metering, stranger, FAULT.brokenChain, stranger, STAKE / 10n, STAKE - STAKE / 10n);
    });

  const harmless: Readonly<Record<string, Partial<Receipt>>> = {
    "that fit": {},
    "that are not neighbours, whatever they say": { sequence: 3n, previous: ethers.id("a receipt"), cumulative: 1n },
    "of two sessions": { session: ethers.id("another session"), previous: ethers.id("a receipt"), cumulative: 1n },
  };
  for (const [name, change] of Object.entries(harmless))
    it(`slashes nothing for receipts ${name}`, async () => {
      const { bond, reporter, stranger, one, other } = await neighbours(change);
      for (const [first, second] of [
        [one, other],
        [other, one],
        [one, one],
      ])
        await expect(reporter.proveBrokenChain(first, second, stranger))
          .to.be.revertedWithCustomError(bond, "OperatorBond_NoFault")
          .withArgs(FAULT.brokenChain);
    });

  it("counts on at the ends of the numbers", async () => {
    const { bond, reporter, stranger, chain, north, sign } = await loadFixture(deployOperatorBond);
    const first = { ...chain().call(north.address), sequence: MAX_UINT64, cumulative: MAX_UINT64 };
    const [last, wrapped] = await sign(first, { ...first, sequence: 0n, charge: 1n, cumulative: 0n });
    await expect(reporter.proveBrokenChain(last, wrapped, stranger)).to.be.revertedWithCustomError(
      bond,
      "OperatorBond_NoFault",
    );
  });

  it("slashes nothing for receipts of two bonds", async () => {
    const { bond, reporter, stranger, token, consents, metering, thief, sign, one, next } = await neighbours({});
    const second = new ethers.Wallet(ethers.id("another metering key"));
    await reporter.bond(second, token, 10n, await signMeteringKeyConsent(second, consents, stranger, token));
    await reporter.addReceiptKey(second, thief, await signReceiptKeyConsent(thief, consents, second));
    const [other] = await sign({ ...next, receiptKey: thief.address, charge: 0n });
    await expect(reporter.proveBrokenChain(one, other, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_DifferentBonds")
      .withArgs(metering, second);
  });
});

describe("OperatorBond.proveBrokenStart", () => {
  const broken: Readonly<Record<string, Partial<Receipt>>> = {
    "begins with a sum": { cumulative: 120_502n },
    "has a predecessor": { previous: ethers.id("a receipt") },
    "has no predecessor and a later sequence": { sequence: 2n },
    "comes before the first": { sequence: 0n },
    "comes before the first, with a predecessor": { sequence: 0n, previous: ethers.id("a receipt") },
  };
  for (const [name, change] of Object.entries(broken))
    it(`slashes for a receipt that ${name}`, async () => {
      const { bond, reporter, stranger, metering, chain, north, sign } = await loadFixture(deployOperatorBond);
      const [first] = await sign({ ...chain().call(north.address), ...change });
      await expect(reporter.proveBrokenStart(first, stranger))
        .to.emit(bond, "Slashed")
        .withArgs(metering, stranger, FAULT.brokenChain, stranger, STAKE / 10n, STAKE - STAKE / 10n);
    });

  it("slashes nothing for a first receipt, nor for what a later one says of itself", async () => {
    const { bond, reporter, stranger, one, sign, next } = await neighbours({});
    const [later] = await sign({ ...next, cumulative: 0n });
    for (const receipt of [one, later])
      await expect(reporter.proveBrokenStart(receipt, stranger))
        .to.be.revertedWithCustomError(bond, "OperatorBond_NoFault")
        .withArgs(FAULT.brokenChain);
  });
});
