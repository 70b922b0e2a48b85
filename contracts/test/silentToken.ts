import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { METHOD } from "../testing/signedPayment.ts";
import { signCooperativeClose } from "../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const { MaxUint256, ZeroAddress, ZeroHash } = ethers;

/** An offering in a token whose transfers return nothing, and shares of its model in the vault, all alice's. */
async function silentToken() {
  const joulemint = await deployJoulemint();
  const { credits, domain, consumer, operator, modelOwner, alice, register, signer } = joulemint;
  const token = await ethers.deployContract("SilentToken");
  const shares = await ethers.deployContract("Shares", ["Silent", "SIL", token, modelOwner, [alice], [2n]]);
  const vault = await ethers.deployContract("ShareVault");
  await shares.connect(alice).approve(vault, MaxUint256);
  await vault.connect(alice).lock(shares, alice, 1n, { start: 0n, cliff: 0n, end: 0n });
  const offering = { ...joulemint.offering, model: await shares.getAddress(), paymentToken: await token.getAddress() };
  const id = await register(offering);
  await token.mint(consumer, 1_000_000n);

  /** Lets the consumer buy credits in every way, and whoever is owed money take it out. */
  const buyer = credits.connect(consumer);
  const order = { owner: consumer.address, signer: ZeroAddress, salt: ZeroHash, credits: THOUSAND_CREDITS };
  const payment = { payer: consumer.address, method: METHOD.permit, nonce: 0n, deadline: MaxUint256, signature: "0x" };
  const session = await credits.sessionId(id, consumer, signer, ZeroHash);
  const buying = {
    buy: () => buyer.buy(offering, THOUSAND_CREDITS, consumer),
    purchase: () => buyer.purchase(offering, order, payment),
    buyAndOpen: () => buyer.buyAndOpen(offering, signer, ZeroHash, THOUSAND_CREDITS),
  };
  const settling = {
    settleAndRelease: async () =>
      credits.settleAndRelease(offering, await joulemint.voucher(session, THOUSAND_CREDITS / 2n), ZeroHash),
  };
  const leaving = {
    redeem: () => buyer.redeem(offering, THOUSAND_CREDITS, consumer),
    close: async () => {
      const consent = await signCooperativeClose(operator, domain, session, THOUSAND_CREDITS / 2n);
      return buyer.close(offering, signer, ZeroHash, consumer, consent);
    },
    claim: () => credits.claim(offering, 0n),
    "claim of a holder": () => shares.claim(alice),
    "claim of a lock": () => vault.claim(1n),
  };
  return { ...joulemint, token, buying, settling, leaving };
}

describe("A payment token", () => {
  it("may return nothing", async () => {
    const { token, credits, consumer, operator, alice, buying, settling, leaving } = await loadFixture(silentToken);
    for (const act of Object.values({ ...buying, ...settling, ...leaving })) await act();
    // Of 1,000,000 base units 6,000 were paid: 2,000 and 1,000 came back, 1,000 were consumed and 2,000 are left.
    expect(await token.balanceOf(consumer)).to.equal(997_000n);
    expect(await token.balanceOf(operator)).to.equal(400n);
    expect(await token.balanceOf(alice)).to.equal(500n);
    expect(await token.balanceOf(credits)).to.equal(2_100n);
  });

  it("may not return false", async () => {
    const { token, buying, settling, leaving } = await loadFixture(silentToken);
    for (const act of Object.values({ ...buying, ...settling })) await act();
    await token.refuse();
    for (const act of Object.values({ ...buying, ...leaving })) await expect(act()).to.revert(ethers);
  });
});
