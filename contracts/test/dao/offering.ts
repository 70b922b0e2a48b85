import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployDao } from "../../testing/deployDao.ts";
import { THOUSAND_CREDITS } from "../../testing/deployJoulemint.ts";
import { signOffering } from "../../testing/typedData.ts";

const { loadFixture } = networkHelpers;

describe("A vote for an offering", () => {
  it("registers the next one, and changes nothing of the past", async () => {
    const dao = await loadFixture(deployDao);
    const { credits, token, consumer, operator, treasury, domain, offering, id, pass } = dao;
    await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
    const next = { ...offering, pricePerMillion: 4_000_000n, holdersBps: 9_000n };
    const nextId = await credits.offeringId(next);

    const call = await credits.register.populateTransaction(next, await signOffering(operator, domain, next));
    await expect(pass([call], "Double the price"))
      .to.emit(credits, "OfferingRegistered")
      .withArgs(nextId, next.model, Object.values(next));

    const cost = credits.connect(consumer).buy(next, THOUSAND_CREDITS, consumer);
    await expect(cost).to.changeTokenBalance(ethers, token, consumer, -4_000n);
    // What was bought is worth what it was, and the old price stands.
    expect(await credits.account(offering, 1)).to.equal(treasury);
    expect(await credits.offeringState(id)).to.deep.equal([THOUSAND_CREDITS, 0n, 0n, 0n, 0n]);
    const redeeming = credits.connect(consumer).redeem(offering, THOUSAND_CREDITS, consumer);
    await expect(redeeming).to.changeTokenBalance(ethers, token, consumer, 2_000n);
    const buying = credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
    await expect(buying).to.changeTokenBalance(ethers, token, consumer, -2_000n);
  });

  it("does nothing without the operator's signature", async () => {
    const { credits, modelOwner, operator, domain, offering, pass } = await loadFixture(deployDao);
    const next = { ...offering, pricePerMillion: 1n };
    const call = await credits.register.populateTransaction(next, await signOffering(modelOwner, domain, next));
    await expect(pass([call], "Sell cheap"))
      .to.be.revertedWithCustomError(credits, "Credits_InvalidOperatorSignature")
      .withArgs(operator);
  });
});
