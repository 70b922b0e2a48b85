import { expect } from "chai";
import { networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture } = networkHelpers;

async function walletWithCredits() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, offering } = joulemint;
  await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
  return { ...joulemint, owner: credits.connect(consumer) };
}

describe("Credits in wallets", () => {
  it("move like any ERC-1155, and leave what is outstanding alone", async () => {
    const { credits, owner, consumer, stranger, id } = await loadFixture(walletWithCredits);
    await owner.safeTransferFrom(consumer, stranger, id, 400_000n, "0x");
    await owner.setApprovalForAll(stranger, true);
    await credits.connect(stranger).safeBatchTransferFrom(consumer, stranger, [id], [100_000n], "0x");
    expect(await credits.balanceOfBatch([consumer, stranger], [id, id])).to.deep.equal([500_000n, 500_000n]);
    expect((await credits.offeringState(id)).outstanding).to.equal(THOUSAND_CREDITS);
  });

  it("cannot be sent to the contract itself", async () => {
    const { credits, owner, consumer, id } = await loadFixture(walletWithCredits);
    await expect(owner.safeTransferFrom(consumer, credits, id, 1n, "0x"))
      .to.be.revertedWithCustomError(credits, "ERC1155InvalidReceiver")
      .withArgs(credits);
    await expect(owner.safeBatchTransferFrom(consumer, credits, [id], [1n], "0x"))
      .to.be.revertedWithCustomError(credits, "ERC1155InvalidReceiver")
      .withArgs(credits);
  });

  it("are an ERC-1155", async () => {
    const { credits } = await loadFixture(walletWithCredits);
    expect(await credits.supportsInterface("0xd9b67a26")).to.equal(true);
  });
});
