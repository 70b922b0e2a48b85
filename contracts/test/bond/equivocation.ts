import { expect } from "chai";
import { FAULT } from "../../testing/accusations.ts";
import { signMeteringKeyConsent, signReceiptKeyConsent } from "../../testing/bondConsents.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployOperatorBond, STAKE } from "../../testing/deployOperatorBond.ts";
import type { Receipt } from "../../testing/receipts.ts";

const { loadFixture } = networkHelpers;

/** A receipt by north with others before and after it, and `other`, which changes it by `change`. */
async function pair(change: Partial<Receipt>) {
  const joulemint = await loadFixture(deployOperatorBond);
  const { chain, north, east, sign } = joulemint;
  const history = chain();
  history.call(east.address);
  const receipt = history.call(north.address);
  history.call(north.address);
  const [, one] = await sign(...history.receipts);
  const [other] = await sign({ ...receipt, ...change });
  return { ...joulemint, history, one, other };
}

describe("OperatorBond.proveEquivocation", () => {
  const changes: Readonly<Record<string, (keys: { east: string }) => Partial<Receipt>>> = {
    "another charge": () => ({ charge: 1n, cumulative: 120_501n }),
    "another answer": () => ({ responseHash: ethers.id("another") }),
    "another predecessor": () => ({ previous: ethers.id("another") }),
    "another offering": () => ({ offering: ethers.id("another") }),
    "another text": () => ({ finishReason: "length" }),
    "another key of the bond": ({ east }) => ({ receiptKey: east }),
  };
  for (const [name, change] of Object.entries(changes))
    it(`slashes for two receipts in one place, of which one has ${name}`, async () => {
      const { east } = await loadFixture(deployOperatorBond);
      const { bond, reporter, stranger, metering, one, other } = await pair(change({ east: east.address }));
      await expect(reporter.proveEquivocation(one, other, stranger))
        .to.emit(bond, "Slashed")
        .withArgs(metering, stranger, FAULT.equivocation, stranger, STAKE / 10n, STAKE - STAKE / 10n);
    });

  const harmless: Readonly<Record<string, Partial<Receipt>>> = {
    "which are the same": {},
    "of different sequences": { sequence: 3n },
    "of different sessions": { session: ethers.id("another session") },
  };
  for (const [name, change] of Object.entries(harmless))
    it(`slashes nothing for two receipts ${name}`, async () => {
      const { bond, reporter, stranger, one, other } = await pair(change);
      await expect(reporter.proveEquivocation(one, other, stranger))
        .to.be.revertedWithCustomError(bond, "OperatorBond_NoFault")
        .withArgs(FAULT.equivocation);
    });

  it("slashes nothing for two signatures, batches or proofs of one receipt", async () => {
    const { bond, reporter, stranger, sign, one, history } = await pair({});
    const [again] = await sign(history.receipts[1]);
    expect([one.proof.length, again.proof.length]).to.deep.equal([1, 0]);
    await expect(reporter.proveEquivocation(one, again, stranger)).to.be.revertedWithCustomError(
      bond,
      "OperatorBond_NoFault",
    );
  });

  it("slashes nothing when the second receipt is of another bond's key, or of nobody's", async () => {
    const { bond, reporter, stranger, token, consents, metering, thief, sign, one, history } = await pair({});
    const [other] = await sign({ ...history.receipts[1], receiptKey: thief.address });
    await expect(reporter.proveEquivocation(one, other, stranger)).to.be.revertedWithCustomError(
      bond,
      "OperatorBond_NotLiable",
    );
    const second = new ethers.Wallet(ethers.id("another metering key"));
    await reporter.bond(second, token, 10n, await signMeteringKeyConsent(second, consents, stranger, token));
    await reporter.addReceiptKey(second, thief, await signReceiptKeyConsent(thief, consents, second));
    await expect(reporter.proveEquivocation(one, other, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_DifferentBonds")
      .withArgs(metering, second);
  });
});
