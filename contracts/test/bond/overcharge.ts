import { rateCard } from "@joulemint/economics/RateCard";
import { expect } from "chai";
import { FAULT } from "../../testing/accusations.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { CARD, deployOperatorBond, hashRateCard, STAKE } from "../../testing/deployOperatorBond.ts";
import type { Receipt } from "../../testing/receipts.ts";

const { loadFixture } = networkHelpers;
const MAX_UINT64 = 2n ** 64n - 1n;

/** A receipt of 64 input, 80 cached, 8 written, 90 output and 10 reasoning tokens for 120.501 credits, but changed. */
async function receipt(change: Partial<Receipt> = {}) {
  const joulemint = await loadFixture(deployOperatorBond);
  const { chain, north, sign } = joulemint;
  const [signed] = await sign({ ...chain().call(north.address), ...change });
  return { ...joulemint, signed };
}

describe("OperatorBond.proveOvercharge", () => {
  const overcharged: Readonly<Record<string, Partial<Receipt>>> = {
    "one millicredit too much": { charge: 120_502n },
    "as much as there is": { charge: MAX_UINT64 },
    "too much, and says that it was capped": { charge: 120_502n, flags: "capped" },
    "for input that it does not have": { input: 60n },
    "for cached input that it does not have": { cachedInput: 40n },
    "for cache writes that it does not have": { cacheWrite: 4n },
    "for output that it does not have": { output: 89n },
    "for reasoning that it does not have": { reasoning: 9n },
  };
  for (const [name, change] of Object.entries(overcharged))
    it(`slashes for a receipt that charges ${name}`, async () => {
      const { bond, reporter, stranger, metering, signed } = await receipt(change);
      await expect(reporter.proveOvercharge(signed, CARD, stranger))
        .to.emit(bond, "Slashed")
        .withArgs(metering, stranger, FAULT.overcharge, stranger, STAKE / 10n, STAKE - STAKE / 10n);
    });

  const fair: Readonly<Record<string, Partial<Receipt>>> = {
    "the price, rounded up": { charge: 120_501n },
    "less, because it was capped": { charge: 120_500n, flags: "capped" },
    "less, and does not say why": { charge: 0n },
    "the price of less than what was used": { output: MAX_UINT64, reasoning: MAX_UINT64 },
  };
  for (const [name, change] of Object.entries(fair))
    it(`slashes nothing for a receipt that charges ${name}`, async () => {
      const { bond, reporter, stranger, signed } = await receipt(change);
      await expect(reporter.proveOvercharge(signed, CARD, stranger))
        .to.be.revertedWithCustomError(bond, "OperatorBond_NoFault")
        .withArgs(FAULT.overcharge);
    });

  it("takes weights and usage of any size", async () => {
    const card = rateCard({ ...CARD, input: MAX_UINT64, output: MAX_UINT64, spare2: MAX_UINT64 });
    const { bond, reporter, stranger, signed } = await receipt({
      rateCardHash: hashRateCard(card),
      input: MAX_UINT64,
      output: MAX_UINT64,
      charge: MAX_UINT64,
    });
    await expect(reporter.proveOvercharge(signed, card, stranger)).to.be.revertedWithCustomError(
      bond,
      "OperatorBond_NoFault",
    );
  });

  it("takes no other rate card than the receipt's", async () => {
    const { bond, reporter, stranger, signed } = await receipt({ charge: 120_502n });
    const card = { ...CARD, image: 8n };
    await expect(reporter.proveOvercharge(signed, card, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_HashMismatch")
      .withArgs(hashRateCard(CARD), hashRateCard(card));
  });
});

describe("OperatorBond.proveWrongRateCard", () => {
  it("slashes for a receipt that names another rate card than its offering", async () => {
    const { bond, reporter, stranger, metering, signed, offering } = await receipt({
      rateCardHash: ethers.id("another rate card"),
    });
    await expect(reporter.proveWrongRateCard(signed, offering, stranger))
      .to.emit(bond, "Slashed")
      .withArgs(metering, stranger, FAULT.wrongRateCard, stranger, STAKE / 10n, STAKE - STAKE / 10n);
  });

  it("slashes nothing for one that names its offering's", async () => {
    const { bond, reporter, stranger, signed, offering } = await receipt();
    await expect(reporter.proveWrongRateCard(signed, offering, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NoFault")
      .withArgs(FAULT.wrongRateCard);
  });

  it("takes no other offering than the receipt's", async () => {
    const { bond, credits, reporter, stranger, signed, offering, id } = await receipt();
    const other = { ...offering, rateCardHash: ethers.id("another rate card") };
    await expect(reporter.proveWrongRateCard(signed, other, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_HashMismatch")
      .withArgs(id, await credits.offeringId(other));
  });
});

describe("OperatorBond.proveWrongOffering", () => {
  it("slashes for a receipt that names another offering than its session's", async () => {
    const { bond, reporter, stranger, metering, signed, opened } = await receipt({
      offering: ethers.id("a dearer one"),
    });
    const { offering, owner, signer, salt } = opened;
    await expect(reporter.proveWrongOffering(signed, offering, owner, signer, salt, stranger))
      .to.emit(bond, "Slashed")
      .withArgs(metering, stranger, FAULT.wrongOffering, stranger, STAKE / 10n, STAKE - STAKE / 10n);
  });

  it("slashes nothing for one that names its session's, also where the consumer signs", async () => {
    const { bond, credits, reporter, stranger, signed, opened, sign, chain, north, consumer, id } = await receipt();
    const { offering, owner, signer, salt } = opened;
    const session = await credits.sessionId(id, consumer, consumer, salt);
    const [own] = await sign(chain({ session }).call(north.address));
    for (const proof of [
      reporter.proveWrongOffering(signed, offering, owner, signer, salt, stranger),
      reporter.proveWrongOffering(own, offering, owner, owner, salt, stranger),
    ])
      await expect(proof).to.be.revertedWithCustomError(bond, "OperatorBond_NoFault").withArgs(FAULT.wrongOffering);
  });

  it("takes no other session than the receipt's", async () => {
    const { bond, credits, reporter, stranger, signed, opened } = await receipt();
    const { owner, signer, salt } = opened;
    const other = ethers.id("another offering");
    await expect(reporter.proveWrongOffering(signed, other, owner, signer, salt, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_HashMismatch")
      .withArgs(signed.receipt.session, await credits.sessionId(other, owner, signer, salt));
  });
});
