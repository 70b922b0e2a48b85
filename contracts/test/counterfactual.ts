import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { authorize, counterfactual, type Order } from "../testing/signedPayment.ts";
import { OPEN } from "../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const { ZeroHash } = ethers;
const LATER = 4_000_000_000n;
const COST = 2_000n;
const DEPLOY = ethers.id("deploy()").slice(0, 10);
const MANNER = { return: 0, revert: 1, burnGas: 3 } as const;

/** A factory that does as it is told, and credits and money of a wallet that it never deploys. */
async function deployNothing() {
  const joulemint = await deployJoulemint();
  const { credits, token, consumer, signer, stranger, domain, offering, id } = joulemint;
  const factory = await ethers.deployContract("AnsweringContract");
  const wallet = ethers.Wallet.createRandom().address;
  await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, wallet);
  await token.mint(wallet, COST);
  const order: Order = { owner: wallet, signer: signer.address, salt: ZeroHash, credits: THOUSAND_CREDITS };
  const opening = await consumer.signTypedData(domain, OPEN, { offering: id, ...order, deadline: LATER });
  const payment = await authorize(joulemint, order, { key: consumer, payer: wallet, cost: COST });
  const wrap = async (signature: string, data = DEPLOY) => counterfactual(await factory.getAddress(), data, signature);
  const bringer = credits.connect(stranger);
  const openFor = async (data?: string) =>
    bringer.openFor(offering, order, LATER, await wrap(opening, data), { gasLimit: 4_000_000n });
  const purchase = async (data?: string) =>
    bringer.purchase(
      offering,
      order,
      { ...payment, signature: await wrap(payment.signature, data) },
      { gasLimit: 4_000_000n },
    );
  return { ...joulemint, factory, wallet, order, opening, openFor, purchase };
}

describe("A signature of a wallet that is to be deployed (ERC-6492)", () => {
  for (const [what, manner] of Object.entries({
    "does nothing": MANNER.return,
    reverts: MANNER.revert,
    "burns all gas that it gets": MANNER.burnGas,
  }))
    it(`is refused when the deployment ${what}`, async () => {
      const { credits, token, factory, id, wallet, openFor, purchase } = await loadFixture(deployNothing);
      await factory.answer(DEPLOY, manner, "0x");
      await expect(openFor())
        .to.be.revertedWithCustomError(credits, "Credits_InvalidOwnerSignature")
        .withArgs(wallet, LATER);
      await expect(purchase()).to.be.revertedWithCustomError(token, "ERC3009InvalidSignature");
      expect(await credits.balanceOf(wallet, id)).to.equal(THOUSAND_CREDITS);
      expect(await token.balanceOf(wallet)).to.equal(COST);
    });

  it("is refused when it is wrapped around nothing that can be read", async () => {
    const { credits, stranger, offering, order } = await loadFixture(deployNothing);
    const suffix = `0x${"6492".repeat(16)}`;
    for (const wrapped of [suffix, ethers.concat(["0xffff", suffix]), ethers.concat([ethers.id("far"), suffix])])
      await expect(credits.connect(stranger).openFor(offering, order, LATER, wrapped)).to.revert(ethers);
  });

  it("calls back in vain: the deployment finds every function guarded", async () => {
    const { credits, token, offering, consumer, signer, domain, id } = await loadFixture(deployNothing);
    const order: Order = { owner: consumer.address, signer: signer.address, salt: ZeroHash, credits: 1_000n };
    await credits.connect(consumer).buy(offering, 1_000n, consumer);
    const opening = await consumer.signTypedData(domain, OPEN, { offering: id, ...order, deadline: LATER });
    // The same opening, from within: it would be the first of two.
    const inner = credits.interface.encodeFunctionData("openFor", [offering, order, LATER, opening]);
    const wrapped = counterfactual(await credits.getAddress(), inner, opening);
    await credits.openFor(offering, order, LATER, wrapped);
    expect(await credits.balanceOf(consumer, id)).to.equal(0n);
    expect((await credits.session(id, await credits.sessionId(id, consumer, signer, ZeroHash))).cap).to.equal(1_000n);
    expect(await token.balanceOf(credits)).to.equal(2_002n);
  });
});
