import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { authorize } from "../testing/signedPayment.ts";
import { OPEN, signCooperativeClose } from "../testing/typedData.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroHash } = ethers;
const DAY = 86_400n;
const LATER = 4_000_000_000n;
const NEXT = ethers.id("next");

/** An offering that is sold for a day and can be used for two, of which the consumer has a wallet and two sessions. */
async function deployExpiring() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, signer, register } = joulemint;
  const now = BigInt(await time.latest());
  const offering = { ...joulemint.offering, sellUntil: now + DAY, expiresAt: now + 2n * DAY };
  const id = await register(offering);
  const owner = credits.connect(consumer);
  await owner.buy(offering, THOUSAND_CREDITS, consumer);
  for (const salt of [ZeroHash, ethers.id("other")]) await owner.buyAndOpen(offering, signer, salt, THOUSAND_CREDITS);
  const session = await credits.sessionId(id, consumer, signer, ZeroHash);
  return { ...joulemint, offering, id, owner, session };
}

type Expiring = Awaited<ReturnType<typeof deployExpiring>>;
type Uses = Record<string, (expiring: Expiring) => Promise<unknown>>;

const order = ({ consumer, signer }: Expiring) => ({
  owner: consumer.address,
  signer: signer.address,
  salt: NEXT,
  credits: 1_000n,
});

/** What ends with the sale, and so before the credits expire. */
const SALES: Uses = {
  buy: ({ owner, offering, consumer }) => owner.buy(offering, 1_000n, consumer),
  buyAndOpen: ({ owner, offering, signer }) => owner.buyAndOpen(offering, signer, NEXT, 1_000n),
  topUp: ({ owner, offering, consumer, signer }) => owner.topUp(offering, consumer, signer, ZeroHash, 1_000n),
  purchase: async (expiring) => {
    const { owner, offering, consumer } = expiring;
    return owner.purchase(
      offering,
      order(expiring),
      await authorize(expiring, order(expiring), { key: consumer, cost: 2n }),
    );
  },
};

/** What ends when the credits expire. */
const USES: Uses = {
  open: ({ owner, offering, signer }) => owner.open(offering, signer, NEXT, 1_000n),
  openFor: async (expiring) => {
    const { owner, offering, consumer, domain, id } = expiring;
    const message = { offering: id, ...order(expiring), deadline: LATER };
    const signature = await consumer.signTypedData(domain, OPEN, message);
    return owner.openFor(offering, order(expiring), LATER, signature);
  },
  consume: ({ owner, offering }) => owner.consume(offering, 1_000n, ZeroHash),
};

/** What never ends. */
const EXITS: Uses = {
  transfer: ({ owner, consumer, stranger, id }) => owner.safeTransferFrom(consumer, stranger, id, 1_000n, "0x"),
  settle: async ({ owner, offering, session, voucher }) => owner.settle(offering, await voucher(session, 5n), ZeroHash),
  settleAndRelease: async ({ owner, offering, session, voucher }) =>
    owner.settleAndRelease(offering, await voucher(session, 5_000n), ZeroHash),
  redeem: ({ owner, offering, consumer }) => owner.redeem(offering, THOUSAND_CREDITS, consumer),
  requestClose: ({ owner, offering, signer }) => owner.requestClose(offering, signer, ZeroHash),
  close: async ({ owner, offering, consumer, signer, operator, domain, session }) =>
    owner.close(offering, signer, ZeroHash, consumer, await signCooperativeClose(operator, domain, session, 0n)),
};

describe("Credits that expire", () => {
  for (const [name, use] of Object.entries(USES)) {
    it(`${name} until the last second, after the sale has ended`, async () => {
      const expiring = await loadFixture(deployExpiring);
      await time.setNextBlockTimestamp(expiring.offering.expiresAt);
      await use(expiring);
    });

    it(`do not ${name} a second later`, async () => {
      const expiring = await loadFixture(deployExpiring);
      const { credits, offering } = expiring;
      const late = offering.expiresAt + 1n;
      await time.setNextBlockTimestamp(late);
      await expect(use(expiring))
        .to.be.revertedWithCustomError(credits, "Credits_Expired")
        .withArgs(offering.expiresAt, late);
    });
  }

  for (const [name, sale] of Object.entries(SALES)) {
    it(`are sold by ${name} before, and not after`, async () => {
      const expiring = await loadFixture(deployExpiring);
      const { credits, offering } = expiring;
      await sale(expiring);
      await time.increaseTo(offering.expiresAt);
      await expect(sale(expiring)).to.be.revertedWithCustomError(credits, "Credits_SaleEnded");
    });
  }

  for (const [name, exit] of Object.entries(EXITS)) {
    it(`still take part in ${name} afterwards`, async () => {
      const expiring = await loadFixture(deployExpiring);
      await time.increaseTo(expiring.offering.expiresAt + 1n);
      await exit(expiring);
    });
  }

  it("are worth what they cost for ever, in wallets and in sessions", async () => {
    const { credits, token, owner, offering, id, consumer, signer } = await loadFixture(deployExpiring);
    await time.increaseTo(offering.expiresAt + 1n);
    await owner.requestClose(offering, signer, ZeroHash);
    await time.increase(offering.exitDelay);
    const closing = owner.close(offering, signer, ZeroHash, consumer, "0x");
    await expect(closing).to.changeTokenBalance(ethers, token, consumer, 2_000n);
    const redeeming = owner.redeem(offering, THOUSAND_CREDITS, consumer);
    await expect(redeeming).to.changeTokenBalance(ethers, token, consumer, 2_000n);
    expect((await credits.offeringState(id)).outstanding).to.equal(THOUSAND_CREDITS);
  });

  it("never expire where the offering says 0", async () => {
    const { credits, consumer, offering } = await loadFixture(deployJoulemint);
    await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
    await time.increase(20n * 365n * DAY);
    await credits.connect(consumer).consume(offering, THOUSAND_CREDITS, ZeroHash);
  });
});
