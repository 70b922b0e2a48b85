import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroHash } = ethers;
const IS_VALID = ethers.id("isValidSignature(bytes32,bytes)").slice(0, 10);
const YES = ethers.zeroPadBytes(IS_VALID, 32);

/** Terms whose operator is a contract that says yes to whatever it is asked, until it is told otherwise. */
async function agreeableOperator() {
  const joulemint = await deployJoulemint();
  const wallet = await ethers.deployContract("AnsweringContract");
  await wallet.answer(IS_VALID, 0, YES);
  const terms = { ...joulemint.offering, operator: await wallet.getAddress() };
  return { ...joulemint, wallet, terms };
}

describe("An operator's wallet", () => {
  it("that agreed once takes back nothing: what it agreed to sells, settles, pays and can be left", async () => {
    const { credits, token, modelOwner, consumer, signer, wallet, terms, voucher } =
      await loadFixture(agreeableOperator);
    await credits.connect(modelOwner).register(terms, "0x");
    await wallet.answer(IS_VALID, 0, ZeroHash);

    const owner = credits.connect(consumer);
    const id = await credits.offeringId(terms);
    await owner.buyAndOpen(terms, signer, ZeroHash, THOUSAND_CREDITS);
    const session = await credits.sessionId(id, consumer, signer, ZeroHash);
    await credits.settleAndRelease(terms, await voucher(session, 500_000n), ZeroHash);
    await expect(credits.claim(terms, 0)).to.changeTokenBalance(ethers, token, wallet, 400n);
    await expect(owner.close(terms, signer, ZeroHash, consumer, "0x01"))
      .to.be.revertedWithCustomError(credits, "Credits_InvalidOperatorSignature")
      .withArgs(wallet);
    await owner.requestClose(terms, signer, ZeroHash);
    await time.increase(terms.exitDelay);
    await expect(owner.close(terms, signer, ZeroHash, consumer, "0x")).to.changeTokenBalance(
      ethers,
      token,
      consumer,
      1_000n,
    );
  });

  it("that would write down what it is asked, to answer the next time otherwise, has not agreed", async () => {
    const { credits, modelOwner, terms } = await loadFixture(agreeableOperator);
    const operator = await ethers.deployContract("CountingWallet");
    const own = { ...terms, operator: await operator.getAddress() };
    await expect(credits.connect(modelOwner).register(own, "0x"))
      .to.be.revertedWithCustomError(credits, "Credits_InvalidOperatorSignature")
      .withArgs(operator);
  });

  for (const [what, manner, answer] of [
    ["reverts", 1, "0x"],
    ["burns all gas that it gets", 3, "0x"],
    ["answers too few bytes", 0, IS_VALID],
    ["answers yes and something else", 0, ethers.concat([IS_VALID, ethers.toBeHex(1n, 28)])],
  ] as const)
    it(`that ${what} has not agreed`, async () => {
      const { credits, modelOwner, wallet, terms } = await loadFixture(agreeableOperator);
      await wallet.answer(IS_VALID, manner, answer);
      await expect(credits.connect(modelOwner).register(terms, "0x", { gasLimit: 4_000_000n }))
        .to.be.revertedWithCustomError(credits, "Credits_InvalidOperatorSignature")
        .withArgs(wallet);
    });
});
