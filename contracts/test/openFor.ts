import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { counterfactual, type Order } from "../testing/signedPayment.ts";
import { OPEN } from "../testing/typedData.ts";

const { loadFixture, time } = networkHelpers;
const LATER = 4_000_000_000n;

/** The consumer's wallet holds a thousand credits. */
async function deployWithCredits() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, offering, signer, domain, id } = joulemint;
  await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
  const order: Order = { owner: consumer.address, signer: signer.address, salt: ethers.ZeroHash, credits: 1_000n };
  const sign = (by: typeof consumer, opened: Order, deadline = LATER) =>
    by.signTypedData(domain, OPEN, { offering: id, ...opened, deadline });
  return { ...joulemint, order, sign };
}

describe("Credits: openFor", () => {
  it("opens the session that the owner signed for, whoever brings it, once", async () => {
    const { credits, stranger, consumer, offering, id, order, sign } = await loadFixture(deployWithCredits);
    const signature = await sign(consumer, order);
    const bring = () => credits.connect(stranger).openFor(offering, order, LATER, signature);
    await expect(bring())
      .to.emit(credits, "SessionOpened")
      .withArgs(
        id,
        await credits.sessionId(id, consumer, order.signer, order.salt),
        consumer,
        order.signer,
        order.salt,
        1_000n,
      );
    expect(await credits.balanceOf(consumer, id)).to.equal(THOUSAND_CREDITS - 1_000n);
    await expect(bring()).to.be.revertedWithCustomError(credits, "Credits_SessionExists");
  });

  it("refuses what the owner did not sign, or not for so long", async () => {
    const { credits, stranger, consumer, offering, order, sign } = await loadFixture(deployWithCredits);
    const deadline = BigInt(await time.latest()) + 100n;
    const signature = await sign(consumer, order, deadline);
    const bring = (which: Order, until: bigint, by: string) =>
      credits.connect(stranger).openFor(offering, which, until, by);
    const wrong: [Order, bigint, string][] = [
      [{ ...order, credits: 999n }, deadline, signature],
      [{ ...order, signer: stranger.address }, deadline, signature],
      [{ ...order, salt: ethers.id("other") }, deadline, signature],
      [{ ...order, owner: stranger.address }, deadline, signature],
      [order, LATER, signature],
      [order, deadline, await sign(stranger, order, deadline)],
      [order, deadline, "0x"],
    ];
    for (const [which, until, by] of wrong) {
      await expect(bring(which, until, by))
        .to.be.revertedWithCustomError(credits, "Credits_InvalidOwnerSignature")
        .withArgs(which.owner, until);
    }
    await time.increaseTo(deadline);
    await expect(bring(order, deadline, signature)).to.be.revertedWithCustomError(
      credits,
      "Credits_InvalidOwnerSignature",
    );
  });

  it("is good until the deadline", async () => {
    const { credits, stranger, consumer, offering, order, sign } = await loadFixture(deployWithCredits);
    const deadline = BigInt(await time.latest()) + 100n;
    const signature = await sign(consumer, order, deadline);
    await time.setNextBlockTimestamp(deadline);
    await expect(credits.connect(stranger).openFor(offering, order, deadline, signature)).to.emit(
      credits,
      "SessionOpened",
    );
  });

  it("opens the credits of no other wallet under the same key", async () => {
    const { credits, consumer, stranger, offering, order, sign } = await loadFixture(deployWithCredits);
    const wallets = await Promise.all([1, 2].map(() => ethers.deployContract("ContractWallet", [consumer])));
    const [one = "", two = ""] = await Promise.all(wallets.map((wallet) => wallet.getAddress()));
    for (const owner of [one, two]) await credits.connect(consumer).buy(offering, 1_000n, owner);
    const signature = await sign(consumer, { ...order, owner: one });
    const bring = (owner: string) => credits.connect(stranger).openFor(offering, { ...order, owner }, LATER, signature);
    await expect(bring(two)).to.be.revertedWithCustomError(credits, "Credits_InvalidOwnerSignature");
    await expect(bring(one)).to.emit(credits, "SessionOpened");
  });

  it("takes a contract's signature, also of one that is not deployed yet, and no credits that are not there", async () => {
    const { credits, consumer, stranger, offering, id, order, sign } = await loadFixture(deployWithCredits);
    const factory = await ethers.deployContract("WalletFactory");
    const owner = await factory.addressOf(consumer);
    const own = { ...order, owner };
    await credits.connect(consumer).buy(offering, 1_000n, owner);
    const deploy = factory.interface.encodeFunctionData("deploy", [consumer.address]);
    const signature = counterfactual(await factory.getAddress(), deploy, await sign(consumer, own));
    await credits.connect(stranger).openFor(offering, own, LATER, signature);
    expect(await credits.balanceOf(owner, id)).to.equal(0n);
    const more = { ...own, salt: ethers.id("more") };
    await expect(
      credits.connect(stranger).openFor(offering, more, LATER, await sign(consumer, more)),
    ).to.be.revertedWithCustomError(credits, "ERC1155InsufficientBalance");
  });
});
