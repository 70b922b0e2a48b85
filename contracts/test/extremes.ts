import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint } from "../testing/deployJoulemint.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroHash } = ethers;
const DAY = 86_400n;
const HIGHEST_PRICE = 2n ** 64n - 1n;
const MILLICREDITS_PER_MILLION = 10n ** 9n;
const LONGEST_DELAY = 30n * DAY;

async function deployBuyer() {
  const joulemint = await deployJoulemint();
  return { ...joulemint, owner: joulemint.credits.connect(joulemint.consumer) };
}

describe("An offering at the bounds of its terms", () => {
  it("of the highest price sells, divides and redeems to the unit", async () => {
    const { credits, token, shares, owner, consumer, treasury, operator, offering, register } =
      await loadFixture(deployBuyer);
    const dear = { ...offering, pricePerMillion: HIGHEST_PRICE };
    await register(dear);
    const bought = 15n;
    const cost = (bought * HIGHEST_PRICE + MILLICREDITS_PER_MILLION - 1n) / MILLICREDITS_PER_MILLION;
    await expect(owner.buy(dear, bought, consumer)).to.changeTokenBalance(ethers, token, consumer, -cost);

    await owner.consume(dear, 8n, ZeroHash);
    await credits.release(dear);
    for (const role of [0, 1]) await credits.claim(dear, role);
    const revenue = (8n * HIGHEST_PRICE) / MILLICREDITS_PER_MILLION;
    const paid = await Promise.all([shares, treasury, operator].map((account) => token.balanceOf(account)));
    const rest = revenue - revenue / 2n;
    expect(paid).to.deep.equal([revenue / 2n, rest / 5n, rest - rest / 5n]);
    const value = (7n * HIGHEST_PRICE) / MILLICREDITS_PER_MILLION;
    await expect(owner.redeem(dear, 7n, consumer)).to.changeTokenBalance(ethers, token, consumer, value);
    expect(await token.balanceOf(credits)).to.equal(cost - revenue - value);
  });

  it("of the longest exit delay lets a session go when that is over, not a second before", async () => {
    const { credits, token, owner, consumer, signer, offering, register } = await loadFixture(deployBuyer);
    const slow = { ...offering, exitDelay: LONGEST_DELAY };
    await register(slow);
    await owner.buyAndOpen(slow, signer, ZeroHash, 500n);
    await owner.requestClose(slow, signer, ZeroHash);
    const closableAt = BigInt(await time.latest()) + LONGEST_DELAY;
    await time.setNextBlockTimestamp(closableAt - 1n);
    await expect(owner.close(slow, signer, ZeroHash, consumer, "0x"))
      .to.be.revertedWithCustomError(credits, "Credits_NotYetClosable")
      .withArgs(closableAt, closableAt - 1n);
    await time.setNextBlockTimestamp(closableAt);
    await expect(owner.close(slow, signer, ZeroHash, consumer, "0x")).to.changeTokenBalance(
      ethers,
      token,
      consumer,
      1n,
    );
  });

  it("whose sale was over before it was registered sells nothing, whether it expired or never does", async () => {
    const { credits, owner, consumer, signer, offering, register } = await loadFixture(deployBuyer);
    const now = BigInt(await time.latest());
    for (const [sellUntil, expiresAt] of [
      [0n, 0n],
      [now, 0n],
      [now, now],
    ] as const) {
      const over = { ...offering, sellUntil, expiresAt };
      await register(over);
      for (const buying of [owner.buy(over, 1n, consumer), owner.buyAndOpen(over, signer, ZeroHash, 1n)])
        await expect(buying).to.be.revertedWithCustomError(credits, "Credits_SaleEnded");
    }
  });
});
