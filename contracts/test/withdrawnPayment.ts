import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { deployPermit2 } from "../testing/deployPermit2.ts";
import { eip712Types } from "../testing/eip712Types.ts";
import { authorize, ORDER, type Order, PERMIT, permit, permit2, tokenDomain } from "../testing/signedPayment.ts";

const { loadFixture } = networkHelpers;
const { ZeroHash } = ethers;
const COST = 2_000n;
const LATER = 4_000_000_000n;
const PERMIT2_ABI = ["function invalidateUnorderedNonces(uint256 word, uint256 mask)", "error InvalidNonce()"];

/** A consumer who approved nobody but Permit2, and an order of it that a stranger may bring. */
async function orderedOnce() {
  const joulemint = await deployJoulemint();
  const { token, credits, consumer, signer } = joulemint;
  await token.connect(consumer).approve(credits, 0n);
  const permit2Address = await deployPermit2();
  await token.connect(consumer).approve(permit2Address, ethers.MaxUint256);
  const order: Order = { owner: consumer.address, signer: signer.address, salt: ZeroHash, credits: THOUSAND_CREDITS };
  return { ...joulemint, joulemint, permit2Address, order, key: consumer };
}

/** Nothing was bought and nothing was paid. */
async function expectNothing({ credits, token, id }: Awaited<ReturnType<typeof orderedOnce>>) {
  expect((await credits.offeringState(id)).outstanding).to.equal(0n);
  expect(await token.balanceOf(credits)).to.equal(0n);
}

describe("A payment that its payer took back before it came to the chain", () => {
  it("by cancelling the EIP-3009 authorization, buys nothing", async () => {
    const market = await loadFixture(orderedOnce);
    const { joulemint, credits, token, offering, id, order, key, stranger } = market;
    const payment = await authorize(joulemint, order, { key, cost: COST });
    const nonce = ethers.TypedDataEncoder.hashStruct("Order", ORDER, { offering: id, ...order, nonce: 0n });
    const cancel = { authorizer: key.address, nonce };
    const signature = await key.signTypedData(await tokenDomain(joulemint), eip712Types("CancelAuthorization"), cancel);
    const { v, r, s } = ethers.Signature.from(signature);
    await token.cancelAuthorization(key, nonce, v, r, s);
    await expect(credits.connect(stranger).purchase(offering, order, payment))
      .to.be.revertedWithCustomError(token, "ERC3009UsedAuthorization")
      .withArgs(key.address, nonce);
    await expectNothing(market);
  });

  it("by spending the permit's nonce on another, buys nothing", async () => {
    const market = await loadFixture(orderedOnce);
    const { joulemint, credits, token, offering, order, key } = market;
    const payment = await permit(joulemint, { key, cost: COST });
    const nothing = { owner: key.address, spender: await credits.getAddress(), value: 0n, nonce: 0n, deadline: LATER };
    const { v, r, s } = ethers.Signature.from(await key.signTypedData(await tokenDomain(joulemint), PERMIT, nothing));
    await token.permit(key, credits, 0n, LATER, v, r, s);
    await expect(credits.connect(key).purchase(offering, order, payment))
      .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
      .withArgs(credits, 0n, COST);
    await expectNothing(market);
  });

  it("by invalidating the nonce of Permit2, buys nothing", async () => {
    const market = await loadFixture(orderedOnce);
    const { joulemint, credits, offering, order, key, permit2Address, stranger } = market;
    const payment = await permit2(joulemint, order, { key, cost: COST }, permit2Address);
    const contract = new ethers.Contract(permit2Address, PERMIT2_ABI, key);
    await contract.getFunction("invalidateUnorderedNonces")(0n, 1n);
    await expect(credits.connect(stranger).purchase(offering, order, payment)).to.be.revertedWithCustomError(
      contract,
      "InvalidNonce",
    );
    await expectNothing(market);
  });
});

describe("Two orders under one nonce of Permit2", () => {
  it("buy one of them, whichever comes first", async () => {
    const { joulemint, credits, token, offering, id, order, key, permit2Address, stranger } =
      await loadFixture(orderedOnce);
    const orders = [order, { ...order, salt: ethers.id("other") }];
    const bring = async (which: Order) =>
      credits
        .connect(stranger)
        .purchase(offering, which, await permit2(joulemint, which, { key, cost: COST, nonce: 7n }, permit2Address));
    const [first, second] = orders as [Order, Order];
    await bring(second);
    await expect(bring(first)).to.be.revertedWithCustomError(
      new ethers.Contract(permit2Address, PERMIT2_ABI),
      "InvalidNonce",
    );
    expect((await credits.offeringState(id)).outstanding).to.equal(THOUSAND_CREDITS);
    expect(await token.balanceOf(credits)).to.equal(COST);
  });
});
