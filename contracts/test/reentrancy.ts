import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { signCooperativeClose } from "../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const { ZeroHash } = ethers;

/** An offering whose payment token calls whatever it is told to, in the middle of each transfer. */
async function callingToken() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, modelOwner, alice, register, signer } = joulemint;
  const token = await ethers.deployContract("CallingToken");
  const shares = await ethers.deployContract("Shares", ["Calling", "CALL", token, modelOwner, [alice], [1n]]);
  const offering = { ...joulemint.offering, model: await shares.getAddress(), paymentToken: await token.getAddress() };
  const id = await register(offering);
  await token.mint(consumer, 1_000_000n);
  await token.connect(consumer).approve(credits, ethers.MaxUint256);
  await credits.connect(consumer).buyAndOpen(offering, signer, ZeroHash, THOUSAND_CREDITS);
  const session = await credits.sessionId(id, consumer, signer, ZeroHash);
  return { ...joulemint, token, shares, offering, id, session };
}

describe("Reentrancy", () => {
  it("is refused to the payment token by every function of Credits that moves money", async () => {
    const { credits, token, consumer, signer, offering, voucher, session } = await loadFixture(callingToken);
    const row = await voucher(session, 1n);
    const order = { owner: consumer.address, signer: signer.address, salt: ZeroHash, credits: 1n };
    const payment = { payer: consumer.address, method: 0n, nonce: 0n, deadline: 0n, signature: "0x" };
    const calls: Record<string, unknown[]> = {
      register: [offering, "0x"],
      buy: [offering, 1n, consumer.address],
      buyAndOpen: [offering, signer.address, ZeroHash, 1n],
      purchase: [offering, order, payment],
      open: [offering, signer.address, ZeroHash, 1n],
      openFor: [offering, order, 0n, "0x"],
      topUp: [offering, consumer.address, signer.address, ZeroHash, 1n],
      settle: [offering, row, ZeroHash],
      release: [offering],
      settleAndRelease: [offering, row, ZeroHash],
      consume: [offering, 1n, ZeroHash],
      requestClose: [offering, signer.address, ZeroHash],
      close: [offering, signer.address, ZeroHash, consumer.address, "0x"],
      redeem: [offering, 1n, consumer.address],
      claim: [offering, 0n],
      handOver: [offering, 0n, consumer.address],
    };
    const refused = credits.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
    for (const [name, args] of Object.entries(calls)) {
      await token.beforeTransfer(credits, credits.interface.encodeFunctionData(name as "buy", args as never));
      await expect(credits.connect(consumer).buy(offering, 1n, consumer), name)
        .to.emit(token, "Called")
        .withArgs(false, refused);
    }
    // What moves wallets alone is the standard's, and moves no money.
    const ofWallets = ["safeTransferFrom", "safeBatchTransferFrom", "setApprovalForAll"];
    const changing = credits.interface.fragments
      .filter((fragment) => fragment instanceof ethers.FunctionFragment)
      .filter(({ constant, name }) => !constant && !ofWallets.includes(name));
    expect(Object.keys(calls).sort()).to.deep.equal(changing.map(({ name }) => name).sort());
  });

  it("is refused to the payment token by Shares, which would count a payment in flight as revenue", async () => {
    const { credits, token, shares, alice, offering, session, voucher } = await loadFixture(callingToken);
    await credits.settleAndRelease(offering, await voucher(session, THOUSAND_CREDITS), ZeroHash);
    const refused = shares.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
    for (const call of [
      shares.interface.encodeFunctionData("accrue"),
      shares.interface.encodeFunctionData("claim", [alice.address]),
      shares.interface.encodeFunctionData("claimTo", [alice.address]),
    ]) {
      await token.beforeTransfer(shares, call);
      await token.mint(shares, 1n);
      await shares.accrue();
      await expect(shares.claim(alice)).to.emit(token, "Called").withArgs(false, refused);
    }
    expect(await shares.lifetimeRevenue()).to.equal(1_003n);
    expect(await shares.claimedRevenue()).to.equal(1_003n);
  });

  it("shows the payment token the books as they are when all is done", async () => {
    const joulemint = await loadFixture(callingToken);
    const { credits, token, shares, consumer, operator, alice, signer, domain, offering, id, session } = joulemint;
    const owner = credits.connect(consumer);
    const row = await joulemint.voucher(session, THOUSAND_CREDITS / 2n);
    const consent = await signCooperativeClose(operator, domain, session, THOUSAND_CREDITS / 2n);
    const wallet = credits.interface.encodeFunctionData("balanceOf", [consumer.address, id]);
    const locked = credits.interface.encodeFunctionData("session", [id, session]);
    const other = await credits.sessionId(id, consumer, signer, ethers.id("other"));
    const opened = credits.interface.encodeFunctionData("session", [id, other]);
    const state = credits.interface.encodeFunctionData("offeringState", [id]);
    const claimable = credits.interface.encodeFunctionData("claimable", [offering, 0n]);
    const earned = shares.interface.encodeFunctionData("claimable", [alice.address]);
    const steps: [act: () => Promise<unknown>, view: string, of?: typeof shares][] = [
      [() => owner.buy(offering, 5_000n, consumer), wallet],
      [() => owner.redeem(offering, 2_000n, consumer), wallet],
      [() => owner.topUp(offering, consumer, signer, ZeroHash, 1n), locked],
      [() => owner.buyAndOpen(offering, signer, ethers.id("other"), 7n), opened],
      [() => credits.settleAndRelease(offering, row, ZeroHash), state],
      [() => credits.claim(offering, 0n), claimable],
      [() => shares.claim(alice), earned, shares],
      [() => owner.close(offering, signer, ZeroHash, consumer, consent), locked],
    ];
    for (const [act, view, of] of steps) {
      const to = await (of ?? credits).getAddress();
      const before = await ethers.provider.call({ to, data: view });
      await token.beforeTransfer(to, view);
      const acting = act();
      await acting;
      const after = await ethers.provider.call({ to, data: view });
      expect(after).not.to.equal(before);
      await expect(acting).to.emit(token, "Called").withArgs(true, after);
    }
  });

  it("is refused to whoever receives the credits, who are called when all is done", async () => {
    const { credits, consumer, offering, id } = await loadFixture(deployJoulemint);
    const wallet = await ethers.deployContract("ContractWallet", [consumer]);
    await wallet.onReceipt(
      credits,
      credits.interface.encodeFunctionData("redeem", [offering, THOUSAND_CREDITS, consumer.address]),
    );
    await expect(credits.connect(consumer).buy(offering, THOUSAND_CREDITS, wallet)).to.be.revertedWithCustomError(
      credits,
      "ReentrancyGuardReentrantCall",
    );

    // After a plain transfer nothing is left undone, so the receiver may go on.
    await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
    await expect(credits.connect(consumer).safeTransferFrom(consumer, wallet, id, THOUSAND_CREDITS, "0x"))
      .to.emit(credits, "Redeemed")
      .withArgs(id, wallet, consumer, THOUSAND_CREDITS, 2_000n);
  });
});
