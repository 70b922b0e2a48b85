import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture, time } = networkHelpers;
const SALT = ethers.id("salt");

describe("Credits.buyAndOpen", () => {
  it("locks what it buys in a session and touches no wallet", async () => {
    const { credits, token, consumer, signer, offering, id } = await loadFixture(deployJoulemint);
    const session = ethers.keccak256(
      ethers.AbiCoder.defaultAbiCoder().encode(
        ["bytes32", "address", "address", "bytes32"],
        [id, consumer.address, signer.address, SALT],
      ),
    );
    const opening = credits.connect(consumer).buyAndOpen(offering, signer, SALT, THOUSAND_CREDITS);

    await expect(opening)
      .to.emit(credits, "SessionOpened")
      .withArgs(id, session, consumer, signer, SALT, THOUSAND_CREDITS)
      .and.to.emit(credits, "Bought")
      .withArgs(id, consumer, consumer, THOUSAND_CREDITS, 2_000n)
      .and.not.to.emit(credits, "TransferSingle");
    await expect(opening).to.changeTokenBalances(ethers, token, [consumer, credits], [-2_000n, 2_000n]);
    expect(await credits.sessionId(id, consumer, signer, SALT)).to.equal(session);
    expect(await credits.session(id, session)).to.deep.equal([signer.address, THOUSAND_CREDITS, 0n, 0n]);
    expect(await credits.balanceOf(consumer, id)).to.equal(0n);
    expect((await credits.offeringState(id)).outstanding).to.equal(THOUSAND_CREDITS);
  });

  it("opens one session for a salt, and others for other salts, signers and owners", async () => {
    const { credits, consumer, stranger, signer, offering, id, openSession } = await loadFixture(deployJoulemint);
    const session = await openSession();
    await expect(openSession()).to.be.revertedWithCustomError(credits, "Credits_SessionExists").withArgs(session);

    await openSession(1n, SALT);
    await credits.connect(consumer).buyAndOpen(offering, stranger, ethers.ZeroHash, 1n);
    await credits.connect(stranger).buyAndOpen(offering, signer, ethers.ZeroHash, 1n);
    expect((await credits.session(id, session)).cap).to.equal(THOUSAND_CREDITS);
  });

  it("refuses the zero address as signer", async () => {
    const { credits, consumer, offering } = await loadFixture(deployJoulemint);
    await expect(credits.connect(consumer).buyAndOpen(offering, ethers.ZeroAddress, SALT, 1n))
      .to.be.revertedWithCustomError(credits, "Credits_InvalidSigner")
      .withArgs(ethers.ZeroAddress);
  });

  it("refuses nothing, unknown terms and an ended sale, as buying does", async () => {
    const { credits, consumer, signer, offering } = await loadFixture(deployJoulemint);
    const buyer = credits.connect(consumer);
    await expect(buyer.buyAndOpen(offering, signer, SALT, 0n)).to.be.revertedWithCustomError(
      credits,
      "Credits_ZeroCredits",
    );
    await expect(buyer.buyAndOpen({ ...offering, tier: 2n }, signer, SALT, 1n)).to.be.revertedWithCustomError(
      credits,
      "Credits_UnknownOffering",
    );
    await time.increaseTo(offering.sellUntil + 1n);
    await expect(buyer.buyAndOpen(offering, signer, SALT, 1n)).to.be.revertedWithCustomError(
      credits,
      "Credits_SaleEnded",
    );
  });
});
