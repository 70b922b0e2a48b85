import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { authorize, type Order } from "../testing/signedPayment.ts";
import { OPEN, signCooperativeClose } from "../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const { ZeroHash } = ethers;
const LATER = 4_000_000_000n;
const COST = 2_000n;

/** A session of the consumer that is closed with 300,000 millicredits used, and a voucher for more that never settled. */
async function closedSession() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, operator, signer, domain, offering } = joulemint;
  const owner = credits.connect(consumer);
  const session = await joulemint.openSession();
  await credits.settle(offering, await joulemint.voucher(session, 300_000n), ZeroHash);
  const late = await joulemint.voucher(session, 900_000n);
  const consent = await signCooperativeClose(operator, domain, session, 300_000n);
  await owner.close(offering, signer, ZeroHash, consumer, consent);
  await owner.buy(offering, THOUSAND_CREDITS, consumer);
  const order: Order = { owner: consumer.address, signer: signer.address, salt: ZeroHash, credits: THOUSAND_CREDITS };
  return { ...joulemint, joulemint, owner, session, late, order };
}

type Closed = Awaited<ReturnType<typeof closedSession>>;

/** Every way to open a session, under the id of one that there was. */
const WAYS: Readonly<Record<string, (closed: Closed) => Promise<unknown>>> = {
  open: async ({ owner, offering, signer }) => owner.open(offering, signer, ZeroHash, 1n),
  buyAndOpen: async ({ owner, offering, signer }) => owner.buyAndOpen(offering, signer, ZeroHash, 1n),
  async openFor({ credits, consumer, domain, offering, id, order }) {
    const signature = await consumer.signTypedData(domain, OPEN, { offering: id, ...order, deadline: LATER });
    return credits.openFor(offering, order, LATER, signature);
  },
  async purchase({ joulemint, credits, consumer, offering, order }) {
    return credits.purchase(offering, order, await authorize(joulemint, order, { key: consumer, cost: COST }));
  },
};

describe("The id of a session that was closed", () => {
  for (const [name, open] of Object.entries(WAYS))
    it(`is not opened again by ${name}`, async () => {
      const closed = await loadFixture(closedSession);
      const { credits, session } = closed;
      await expect(open(closed)).to.be.revertedWithCustomError(credits, "Credits_SessionExists").withArgs(session);
    });

  it("is topped up by nobody: neither by the owner, nor by a purchase that somebody else pays", async () => {
    const { joulemint, credits, owner, consumer, stranger, signer, offering, session, order } =
      await loadFixture(closedSession);
    await expect(owner.topUp(offering, consumer, signer, ZeroHash, 1n))
      .to.be.revertedWithCustomError(credits, "Credits_SessionNotOpen")
      .withArgs(session);
    const gift = await authorize(joulemint, order, { key: stranger, cost: COST });
    await expect(credits.purchase(offering, order, gift))
      .to.be.revertedWithCustomError(credits, "Credits_NotPayer")
      .withArgs(stranger.address, consumer.address);
  });

  it("lends its vouchers to no other session of the same owner and signer", async () => {
    const { credits, owner, offering, register, openSession, late, session, id, signer } =
      await loadFixture(closedSession);
    const next = await openSession(THOUSAND_CREDITS, ethers.id("next"));
    const other = { ...offering, termsHash: ethers.id("other terms") };
    const otherId = await register(other);
    await owner.buyAndOpen(other, signer, ZeroHash, THOUSAND_CREDITS);

    const moved = ethers.concat([next, ethers.dataSlice(late, 32)]);
    for (const [terms, rows] of [
      [offering, late],
      [other, late],
      [offering, moved],
    ] as const)
      expect(await credits.settle.staticCall(terms, rows, ZeroHash)).to.equal(0n);
    await credits.settle(offering, ethers.concat([late, moved]), ZeroHash);
    expect((await credits.session(id, session)).used).to.equal(300_000n);
    expect((await credits.session(id, next)).used).to.equal(0n);
    expect((await credits.offeringState(otherId)).consumed).to.equal(0n);
  });
});
