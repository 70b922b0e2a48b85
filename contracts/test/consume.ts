import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { CONSUMPTION } from "../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const { ZeroHash } = ethers;
const SUBJECT = ethers.id("an image");

async function walletWithCredits() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, offering } = joulemint;
  const owner = credits.connect(consumer);
  await owner.buy(offering, THOUSAND_CREDITS, consumer);
  return { ...joulemint, owner };
}

describe("Credits.consume", () => {
  it("exercises credits of the wallet, with a receipt that anybody can check", async () => {
    const { credits, owner, consumer, offering, id } = await loadFixture(walletWithCredits);
    const consumption = { offering: id, owner: consumer.address, subject: SUBJECT, credits: 400_000n, sequence: 0n };
    const receipt = ethers.TypedDataEncoder.from(CONSUMPTION).hash(consumption);

    expect(await owner.consume.staticCall(offering, 400_000n, SUBJECT)).to.equal(receipt);
    await expect(owner.consume(offering, 400_000n, SUBJECT))
      .to.emit(credits, "Consumed")
      .withArgs(id, consumer, receipt, 400_000n, SUBJECT, 0n)
      .and.to.emit(credits, "TransferSingle")
      .withArgs(consumer, consumer, ethers.ZeroAddress, id, 400_000n);
    expect(await credits.consumptionHash(id, consumer, SUBJECT, 400_000n, 0n)).to.equal(receipt);
    expect(await credits.balanceOf(consumer, id)).to.equal(600_000n);
    expect(await credits.offeringState(id)).to.deep.equal([600_000n, 400_000n, 0n, 0n, 0n]);
  });

  it("moves no money until the release, which divides it as that of a settlement", async () => {
    const { credits, token, shares, owner, stranger, offering, id } = await loadFixture(walletWithCredits);
    const consuming = owner.consume(offering, THOUSAND_CREDITS, ZeroHash);
    await expect(consuming).to.changeTokenBalances(ethers, token, [credits, shares], [0n, 0n]);
    expect(await credits.escrow(offering)).to.equal(0n);

    await expect(credits.connect(stranger).release(offering))
      .to.emit(credits, "Released")
      .withArgs(id, 2_000n, 1_000n, 200n, 800n);
    expect(await shares.lifetimeRevenue()).to.equal(1_000n);
  });

  it("gives every consumption a receipt of its own, by what was consumed before it in any way", async () => {
    const { credits, owner, offering, openSession, voucher } = await loadFixture(walletWithCredits);
    const session = await openSession();
    const sequences: bigint[] = [];
    const receipts = new Set<string>();
    for (const used of [10n, 20n, 20n, 35n]) {
      await credits.settle(offering, await voucher(session, used), ZeroHash);
      const sent = await owner.consume(offering, 7n, SUBJECT);
      const logs = (await sent.wait())?.logs.map((log) => credits.interface.parseLog(log)) ?? [];
      const consumed = logs.find((log) => log?.name === "Consumed")?.args;
      sequences.push(consumed?.sequence);
      receipts.add(consumed?.receipt);
    }
    expect(sequences).to.deep.equal([10n, 27n, 34n, 56n]);
    expect(receipts.size).to.equal(4);
  });

  it("takes whatever the kind of the offering is, and any subject", async () => {
    const { credits, consumer, offering, register } = await loadFixture(walletWithCredits);
    const owner = credits.connect(consumer);
    for (const kind of ["image-licence", "dataset-access", "training", "gpu-second", "anything"].map(ethers.id)) {
      const terms = { ...offering, kind };
      await register(terms);
      await owner.buy(terms, 1n, consumer);
      await owner.consume(terms, 1n, kind);
    }
  });

  it("takes no more than the wallet holds, whatever its sessions hold, and not nothing", async () => {
    const { credits, owner, consumer, stranger, offering, id, openSession } = await loadFixture(walletWithCredits);
    await openSession();
    for (const amount of [THOUSAND_CREDITS + 1n, 1n << 80n, ethers.MaxUint256])
      await expect(owner.consume(offering, amount, ZeroHash))
        .to.be.revertedWithCustomError(credits, "ERC1155InsufficientBalance")
        .withArgs(consumer, THOUSAND_CREDITS, amount, id);
    await expect(owner.consume(offering, 0n, ZeroHash)).to.be.revertedWithCustomError(credits, "Credits_ZeroCredits");

    // Not even an approved operator consumes for another.
    await owner.setApprovalForAll(stranger, true);
    await expect(credits.connect(stranger).consume(offering, 1n, ZeroHash)).to.be.revertedWithCustomError(
      credits,
      "ERC1155InsufficientBalance",
    );
  });

  it("does not consume at other terms", async () => {
    const { credits, owner, offering } = await loadFixture(walletWithCredits);
    for (const change of [{ expiresAt: 1n << 40n }, { transferable: false }, { tier: 2n }])
      await expect(owner.consume({ ...offering, ...change }, 1n, ZeroHash)).to.be.revertedWithCustomError(
        credits,
        "ERC1155InsufficientBalance",
      );
  });

  it("leaves nothing to redeem of what it took, and the rest whole", async () => {
    const { credits, token, owner, consumer, offering, id } = await loadFixture(walletWithCredits);
    await owner.consume(offering, 999_999n, ZeroHash);
    await expect(owner.redeem(offering, 2n, consumer)).to.be.revertedWithCustomError(
      credits,
      "ERC1155InsufficientBalance",
    );
    await owner.consume(offering, 1n, ZeroHash);
    await credits.release(offering);
    for (const role of [0, 1]) await credits.claim(offering, role);
    expect(await token.balanceOf(credits)).to.equal(0n);
    expect(await credits.offeringState(id)).to.deep.equal([0n, THOUSAND_CREDITS, 2_000n, 800n, 200n]);
  });
});
