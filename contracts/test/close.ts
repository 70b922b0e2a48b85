import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { signCooperativeClose, signOffering } from "../testing/typedData.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroAddress, ZeroHash } = ethers;

async function openedSession() {
  const joulemint = await deployJoulemint();
  const session = await joulemint.openSession();
  await joulemint.credits.settle(joulemint.offering, await joulemint.voucher(session, 300_000n), ZeroHash);
  return { ...joulemint, session, owner: joulemint.credits.connect(joulemint.consumer) };
}

describe("Credits.requestClose", () => {
  it("starts the exit delay once", async () => {
    const { credits, owner, signer, offering, id, session } = await loadFixture(openedSession);
    const now = BigInt(await time.latest()) + 100n;
    await time.setNextBlockTimestamp(now);

    await expect(owner.requestClose(offering, signer, ZeroHash))
      .to.emit(credits, "CloseRequested")
      .withArgs(id, session, now + 3_600n);
    expect((await credits.session(id, session)).closableAt).to.equal(now + 3_600n);
    await expect(owner.requestClose(offering, signer, ZeroHash))
      .to.be.revertedWithCustomError(credits, "Credits_SessionClosing")
      .withArgs(session, now + 3_600n);
  });

  it("is for the owner alone", async () => {
    const { credits, stranger, signer, offering, id } = await loadFixture(openedSession);
    await expect(credits.connect(stranger).requestClose(offering, signer, ZeroHash))
      .to.be.revertedWithCustomError(credits, "Credits_SessionNotOpen")
      .withArgs(await credits.sessionId(id, stranger, signer, ZeroHash));
  });
});

describe("Credits.close", () => {
  it("redeems what is unused when the exit delay is over", async () => {
    const { credits, token, owner, stranger, signer, offering, id, session } = await loadFixture(openedSession);
    await owner.requestClose(offering, signer, ZeroHash);
    await time.increase(offering.exitDelay);
    const closing = owner.close(offering, signer, ZeroHash, stranger, "0x");

    await expect(closing).to.emit(credits, "SessionClosed").withArgs(id, session, stranger, 700_000n, 1_400n);
    await expect(closing).to.changeTokenBalances(ethers, token, [credits, stranger], [-1_400n, 1_400n]);
    expect(await credits.offeringState(id)).to.deep.equal([0n, 300_000n, 0n, 0n, 0n]);
  });

  it("not before", async () => {
    const { credits, owner, consumer, signer, offering, session } = await loadFixture(openedSession);
    await expect(owner.close(offering, signer, ZeroHash, consumer, "0x"))
      .to.be.revertedWithCustomError(credits, "Credits_CloseNotRequested")
      .withArgs(session);

    await owner.requestClose(offering, signer, ZeroHash);
    const closableAt = BigInt(await time.latest()) + offering.exitDelay;
    await time.setNextBlockTimestamp(closableAt - 1n);
    await expect(owner.close(offering, signer, ZeroHash, consumer, "0x"))
      .to.be.revertedWithCustomError(credits, "Credits_NotYetClosable")
      .withArgs(closableAt, closableAt - 1n);
  });

  it("at once with the operator's signature of what is used", async () => {
    const { credits, owner, operator, consumer, signer, domain, offering, id, session } =
      await loadFixture(openedSession);
    const consent = await signCooperativeClose(operator, domain, session, 300_000n);
    await expect(owner.close(offering, signer, ZeroHash, consumer, consent))
      .to.emit(credits, "SessionClosed")
      .withArgs(id, session, consumer, 700_000n, 1_400n);
  });

  it("with the signature of whoever holds the operator role now, a contract too", async () => {
    const { credits, owner, operator, stranger, consumer, signer, domain, offering, session } =
      await loadFixture(openedSession);
    const wallet = await ethers.deployContract("ContractWallet", [stranger]);
    await credits.connect(operator).handOver(offering, 0, wallet);
    const former = await signCooperativeClose(operator, domain, session, 300_000n);
    await expect(owner.close(offering, signer, ZeroHash, consumer, former))
      .to.be.revertedWithCustomError(credits, "Credits_InvalidOperatorSignature")
      .withArgs(wallet);
    const consent = await signCooperativeClose(stranger, domain, session, 300_000n);
    await expect(owner.close(offering, signer, ZeroHash, consumer, consent)).to.emit(credits, "SessionClosed");
  });

  it("not with a signature of other use, another session, another signer or another type", async () => {
    const { credits, owner, operator, consumer, signer, domain, offering, id, session, voucher } =
      await loadFixture(openedSession);
    const consents = [
      await signCooperativeClose(operator, domain, session, 299_999n),
      await signCooperativeClose(operator, domain, id, 300_000n),
      await signCooperativeClose(consumer, domain, session, 300_000n),
      await signOffering(operator, domain, offering),
      "0x00",
    ];
    const refused = async (consent: string) =>
      expect(owner.close(offering, signer, ZeroHash, consumer, consent))
        .to.be.revertedWithCustomError(credits, "Credits_InvalidOperatorSignature")
        .withArgs(operator);
    for (const consent of consents) await refused(consent);

    // A voucher that settles in between makes the consent void.
    const consent = await signCooperativeClose(operator, domain, session, 300_000n);
    await credits.settle(offering, await voucher(session, 300_001n), ZeroHash);
    await refused(consent);
  });

  it("leaves a tombstone for ever", async () => {
    const { credits, owner, operator, consumer, signer, domain, offering, id, session } =
      await loadFixture(openedSession);
    const consent = await signCooperativeClose(operator, domain, session, 300_000n);
    await owner.close(offering, signer, ZeroHash, consumer, consent);
    expect(await credits.session(id, session)).to.deep.equal([signer.address, 0n, 300_000n, 0n]);

    await owner.buy(offering, THOUSAND_CREDITS, consumer);
    for (const again of [owner.buyAndOpen, owner.open])
      await expect(again(offering, signer, ZeroHash, 1n))
        .to.be.revertedWithCustomError(credits, "Credits_SessionExists")
        .withArgs(session);
    await expect(owner.requestClose(offering, signer, ZeroHash))
      .to.be.revertedWithCustomError(credits, "Credits_SessionNotOpen")
      .withArgs(session);
    await expect(owner.close(offering, signer, ZeroHash, consumer, consent))
      .to.be.revertedWithCustomError(credits, "Credits_SessionNotOpen")
      .withArgs(session);
  });

  it("is for the owner alone, and pays neither nobody nor the contract", async () => {
    const { credits, owner, operator, stranger, signer, domain, offering, session } = await loadFixture(openedSession);
    const consent = await signCooperativeClose(operator, domain, session, 300_000n);
    await expect(
      credits.connect(stranger).close(offering, signer, ZeroHash, stranger, consent),
    ).to.be.revertedWithCustomError(credits, "Credits_SessionNotOpen");
    for (const to of [ZeroAddress, await credits.getAddress()])
      await expect(owner.close(offering, signer, ZeroHash, to, consent))
        .to.be.revertedWithCustomError(credits, "Credits_InvalidAccount")
        .withArgs(to);
  });

  it("closes a session that is used up", async () => {
    const { credits, owner, operator, consumer, signer, domain, offering, id, session, voucher } =
      await loadFixture(openedSession);
    await credits.settle(offering, await voucher(session, THOUSAND_CREDITS), ZeroHash);
    const consent = await signCooperativeClose(operator, domain, session, THOUSAND_CREDITS);
    await expect(owner.close(offering, signer, ZeroHash, consumer, consent))
      .to.emit(credits, "SessionClosed")
      .withArgs(id, session, consumer, 0n, 0n);
  });
});
