import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture } = networkHelpers;
const { ZeroHash } = ethers;

/** The consumer's wallet holds credits of two offerings: `bound` stay with it, `id` may go. */
async function deployBound() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, offering, register } = joulemint;
  const terms = { ...offering, transferable: false };
  const bound = await register(terms);
  const owner = credits.connect(consumer);
  for (const sold of [offering, terms]) await owner.buy(sold, THOUSAND_CREDITS, consumer);
  return { ...joulemint, owner, terms, bound };
}

type Bound = Awaited<ReturnType<typeof deployBound>>;

const TRANSFERS: Record<string, (bound: Bound) => Promise<unknown>> = {
  safeTransferFrom: ({ owner, consumer, stranger, bound }) =>
    owner.safeTransferFrom(consumer, stranger, bound, 1n, "0x"),
  "safeTransferFrom of nothing": ({ owner, consumer, stranger, bound }) =>
    owner.safeTransferFrom(consumer, stranger, bound, 0n, "0x"),
  "safeTransferFrom to themselves": ({ owner, consumer, bound }) =>
    owner.safeTransferFrom(consumer, consumer, bound, 1n, "0x"),
  safeBatchTransferFrom: ({ owner, consumer, stranger, bound }) =>
    owner.safeBatchTransferFrom(consumer, stranger, [bound], [1n], "0x"),
  "safeBatchTransferFrom behind others that may go": ({ owner, consumer, stranger, id, bound }) =>
    owner.safeBatchTransferFrom(consumer, stranger, [id, bound], [1n, 1n], "0x"),
  "safeTransferFrom by an approved operator": async ({ owner, credits, consumer, stranger, bound }) => {
    await owner.setApprovalForAll(stranger, true);
    return credits.connect(stranger).safeTransferFrom(consumer, stranger, bound, 1n, "0x");
  },
  "safeBatchTransferFrom by an approved operator": async ({ owner, credits, consumer, stranger, bound }) => {
    await owner.setApprovalForAll(stranger, true);
    return credits.connect(stranger).safeBatchTransferFrom(consumer, stranger, [bound], [1n], "0x");
  },
};

describe("Credits that are not transferable", () => {
  for (const [name, transfer] of Object.entries(TRANSFERS))
    it(`refuse ${name}`, async () => {
      const bound = await loadFixture(deployBound);
      const { credits, consumer, stranger, id } = bound;
      await expect(transfer(bound))
        .to.be.revertedWithCustomError(credits, "Credits_NotTransferable")
        .withArgs(bound.bound);
      const balances = await credits.balanceOfBatch(
        [consumer, consumer, stranger, stranger],
        [id, bound.bound, id, bound.bound],
      );
      expect(balances).to.deep.equal([THOUSAND_CREDITS, THOUSAND_CREDITS, 0n, 0n]);
    });

  it("are bought for another, opened, consumed and redeemed as all are", async () => {
    const { credits, token, owner, consumer, stranger, signer, terms, bound } = await loadFixture(deployBound);
    await owner.buy(terms, 1_000n, stranger);
    await owner.open(terms, signer, ZeroHash, 400_000n);
    await owner.consume(terms, 100_000n, ZeroHash);
    await expect(owner.redeem(terms, 500_000n, consumer)).to.changeTokenBalance(ethers, token, consumer, 1_000n);
    expect(await credits.balanceOfBatch([consumer, stranger], [bound, bound])).to.deep.equal([0n, 1_000n]);
  });
});
