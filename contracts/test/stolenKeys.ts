import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint } from "../testing/deployJoulemint.ts";

const { loadFixture } = networkHelpers;
const EVERYTHING = 2n ** 48n - 1n;

/** Two sessions under a metering key, with 3,000 and 5,000 credits; 1,000 of the first are used. */
async function deploySessions() {
  const joulemint = await deployJoulemint();
  const { credits, stranger: thief, offering, openSession, voucher } = joulemint;
  const [first, second] = [await openSession(3_000_000n), await openSession(5_000_000n, ethers.id("second"))];
  await credits.settle(offering, await voucher(first, 1_000_000n), ethers.ZeroHash);
  /** Settles and releases vouchers for everything, and claims for everybody, as the thief. */
  const steal = async () => {
    const rows = ethers.concat([await voucher(first, EVERYTHING), await voucher(second, EVERYTHING)]);
    await credits.connect(thief).settleAndRelease(offering, rows, ethers.ZeroHash);
    for (const role of [0, 1]) await credits.connect(thief).claim(offering, role);
  };
  return { ...joulemint, thief, first, steal };
}

describe("Who stole a metering key", () => {
  it("consumes the sum of free caps at most, and the split is paid for it", async () => {
    const { credits, token, shares, offering, id, thief, operator, treasury, steal } =
      await loadFixture(deploySessions);
    const escrow = await credits.escrow(offering);
    const before = await token.balanceOf(thief);
    await steal();
    expect((await credits.offeringState(id)).consumed).to.equal(8_000_000n);
    expect(await token.balanceOf(thief)).to.equal(before);
    const paid = await Promise.all([shares, treasury, operator].map((account) => token.balanceOf(account)));
    // What was used before is released with it.
    expect(paid.reduce((sum, amount) => sum + amount)).to.equal(escrow + 2_000n);
  });

  it("takes no credits out of wallets, nor of sessions of other signers", async () => {
    const { credits, offering, consumer, id, steal } = await loadFixture(deploySessions);
    await credits.connect(consumer).buy(offering, 7_000n, consumer);
    await credits.connect(consumer).buyAndOpen(offering, consumer, ethers.ZeroHash, 9_000n);
    await steal();
    expect(await credits.balanceOf(consumer, id)).to.equal(7_000n);
    expect((await credits.offeringState(id)).outstanding).to.equal(16_000n);
  });

  it("consumes later top-ups too: a session under that key has to be closed", async () => {
    const { credits, offering, consumer, signer, id, first, voucher, thief, steal } = await loadFixture(deploySessions);
    await steal();
    await credits.connect(consumer).topUp(offering, consumer, signer, ethers.ZeroHash, 2_000n);
    await credits.connect(thief).settle(offering, await voucher(first, EVERYTHING), ethers.ZeroHash);
    expect((await credits.session(id, first)).used).to.equal(3_002_000n);
  });
});
