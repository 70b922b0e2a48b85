import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture } = networkHelpers;
const { ZeroHash } = ethers;

describe("Credits.release", () => {
  it("divides the revenue of consumed credits and shares out the holders' part", async () => {
    const { credits, token, shares, stranger, alice, bob, offering, id, openSession, voucher } =
      await loadFixture(deployJoulemint);
    await credits.settle(offering, await voucher(await openSession(), THOUSAND_CREDITS), ZeroHash);
    const releasing = credits.connect(stranger).release(offering);

    await expect(releasing)
      .to.emit(credits, "Released")
      .withArgs(id, 2_000n, 1_000n, 200n, 800n)
      .and.to.emit(shares, "RevenueAccrued")
      .withArgs(1_000n, 1_000n);
    await expect(releasing).to.changeTokenBalances(ethers, token, [credits, shares], [-1_000n, 1_000n]);
    expect(await credits.claimable(offering, 0)).to.equal(800n);
    expect(await credits.claimable(offering, 1)).to.equal(200n);
    // 60 % and 40 %, of which less than a base unit each waits in the fixed-point rounding for later revenue.
    expect(await shares.claimable(alice)).to.equal(599n);
    expect(await shares.claimable(bob)).to.equal(399n);
    expect(await credits.offeringState(id)).to.deep.equal([0n, THOUSAND_CREDITS, 2_000n, 0n, 0n]);
  });

  it("releases nothing twice", async () => {
    const { credits, offering, openSession, voucher } = await loadFixture(deployJoulemint);
    await credits.release(offering);
    await credits.settle(offering, await voucher(await openSession(), THOUSAND_CREDITS), ZeroHash);
    await credits.release(offering);
    await expect(credits.release(offering)).not.to.emit(credits, "Released");
    expect(await credits.release.staticCall(offering)).to.equal(0n);
  });

  it("loses nothing to many small releases", async () => {
    const { credits, offering, id, shares, openSession, voucher } = await loadFixture(deployJoulemint);
    const session = await openSession(10_000n);
    const sum = { amount: 0n, holders: 0n, treasury: 0n, operator: 0n };
    for (let used = 333n; used < 10_000n; used += 333n) {
      const sent = await credits.settleAndRelease(offering, await voucher(session, used), ZeroHash);
      const logs = (await sent.wait())?.logs.map((log) => credits.interface.parseLog(log)) ?? [];
      const released = logs.find((log) => log?.name === "Released")?.args;
      if (!released) continue;
      for (const part of ["amount", "holders", "treasury", "operator"] as const) sum[part] += released[part];
    }
    // 9,990 millicredits at 2 dollars a million: floor(19.98), of which half, and floor(10 / 5) of the rest.
    expect(sum).to.deep.equal({ amount: 19n, holders: 9n, treasury: 2n, operator: 8n });
    expect((await credits.offeringState(id)).released).to.equal(19n);
    expect(await shares.lifetimeRevenue()).to.equal(9n);
  });

  it("sends nothing to shares that get nothing", async () => {
    const { credits, shares, consumer, signer, offering, register, voucher } = await loadFixture(deployJoulemint);
    const terms = { ...offering, holdersBps: 0n };
    const id = await register(terms);
    await credits.connect(consumer).buyAndOpen(terms, signer, ZeroHash, THOUSAND_CREDITS);
    const row = await voucher(await credits.sessionId(id, consumer, signer, ZeroHash), THOUSAND_CREDITS);

    await expect(credits.settleAndRelease(terms, row, ZeroHash))
      .to.emit(credits, "Released")
      .withArgs(id, 2_000n, 0n, 200n, 1_800n)
      .and.not.to.emit(shares, "RevenueAccrued");
  });

  it("refuses unknown terms", async () => {
    const { credits, offering } = await loadFixture(deployJoulemint);
    await expect(credits.release({ ...offering, tier: 2n })).to.be.revertedWithCustomError(
      credits,
      "Credits_UnknownOffering",
    );
  });
});

describe("Credits.settleAndRelease", () => {
  it("does both", async () => {
    const { credits, stranger, offering, id, openSession, voucher } = await loadFixture(deployJoulemint);
    const row = await voucher(await openSession(), 500_000n);
    await expect(credits.connect(stranger).settleAndRelease(offering, row, ethers.id("root")))
      .to.emit(credits, "Settled")
      .and.to.emit(credits, "Released")
      .withArgs(id, 1_000n, 500n, 100n, 400n);
    expect(await credits.offeringState(id)).to.deep.equal([500_000n, 500_000n, 1_000n, 0n, 0n]);
  });

  it("refuses what either refuses", async () => {
    const { credits, offering, id } = await loadFixture(deployJoulemint);
    await expect(credits.settleAndRelease(offering, "0x", id)).to.be.revertedWithCustomError(
      credits,
      "Credits_MalformedRows",
    );
    await expect(credits.settleAndRelease({ ...offering, tier: 2n }, "0x", id)).to.be.revertedWithCustomError(
      credits,
      "Credits_UnknownOffering",
    );
  });
});
