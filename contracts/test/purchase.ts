import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { deployPermit2 } from "../testing/deployPermit2.ts";
import {
  authorize,
  counterfactual,
  METHOD,
  ORDER,
  type Order,
  type Payment,
  permit,
  permit2,
} from "../testing/signedPayment.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroAddress, ZeroHash, id } = ethers;
const COST = 2_000n;

/** A buyer with money and no gas, who has approved nobody but Permit2, and a relayer. */
async function deployMarket() {
  const joulemint = await deployJoulemint();
  const { token, stranger: relayer, signer } = joulemint;
  const buyer = ethers.Wallet.createRandom(ethers.provider);
  await token.mint(buyer.address, 1_000_000n);
  const permit2Address = await deployPermit2();
  await ethers.provider.send("hardhat_setBalance", [buyer.address, "0xde0b6b3a7640000"]);
  await token.connect(buyer).approve(permit2Address, ethers.MaxUint256);
  const order: Order = { owner: buyer.address, signer: signer.address, salt: ZeroHash, credits: THOUSAND_CREDITS };
  const session = await joulemint.credits.sessionId(joulemint.id, buyer, signer, ZeroHash);
  return { ...joulemint, joulemint, buyer, relayer, order, session, permit2Address };
}

type Market = Awaited<ReturnType<typeof deployMarket>>;

/** Every way of paying by signature: who brings it, and what is signed. */
const WAYS: readonly {
  name: string;
  relayed: boolean;
  pay(market: Market, order: Order, nonce?: bigint): Promise<Payment>;
}[] = [
  {
    name: "a permit",
    relayed: false,
    pay: ({ joulemint, buyer }) => permit(joulemint, { key: buyer, cost: COST }),
  },
  {
    name: "an EIP-3009 authorization",
    relayed: true,
    pay: ({ joulemint, buyer }, order, nonce = 0n) => authorize(joulemint, order, { key: buyer, cost: COST, nonce }),
  },
  {
    name: "Permit2",
    relayed: true,
    pay: ({ joulemint, buyer, permit2Address }, order, nonce = 0n) =>
      permit2(joulemint, order, { key: buyer, cost: COST, nonce }, permit2Address),
  },
];

describe("Credits: purchase", () => {
  for (const { name, relayed, pay } of WAYS) {
    describe(`by ${name}`, () => {
      it("opens the session of the order, tops it up by the next one, and buys for a wallet", async () => {
        const market = await loadFixture(deployMarket);
        const { credits, token, offering, id: offeringId, buyer, relayer, order, session } = market;
        const bringer = credits.connect(relayed ? relayer : buyer);
        await expect(bringer.purchase(offering, order, await pay(market, order)))
          .to.emit(credits, "Bought")
          .withArgs(offeringId, buyer.address, buyer.address, THOUSAND_CREDITS, COST);
        const { signer, cap } = await credits.session(offeringId, session);
        expect([signer, cap]).to.deep.equal([order.signer, THOUSAND_CREDITS]);

        await bringer.purchase(offering, order, await pay(market, order, 1n));
        expect((await credits.session(offeringId, session)).cap).to.equal(2n * THOUSAND_CREDITS);

        const forWallet = { ...order, signer: ZeroAddress };
        await bringer.purchase(offering, forWallet, await pay(market, forWallet, 2n));
        expect(await credits.balanceOf(buyer, offeringId)).to.equal(THOUSAND_CREDITS);
        expect(await token.balanceOf(buyer)).to.equal(1_000_000n - 3n * COST);
        expect(await token.balanceOf(credits)).to.equal(3n * COST);
      });

      it("is good once", async () => {
        const market = await loadFixture(deployMarket);
        const { credits, offering, buyer, relayer, order } = market;
        const bringer = credits.connect(relayed ? relayer : buyer);
        const payment = await pay(market, order);
        await bringer.purchase(offering, order, payment);
        await expect(bringer.purchase(offering, order, payment)).to.revert(ethers);
      });

      if (!relayed) return;
      it("lets who brings it change nothing of the order", async () => {
        const market = await loadFixture(deployMarket);
        const { credits, offering, relayer, order } = market;
        const payment = await pay(market, order);
        const changes: Partial<Order>[] = [
          { owner: relayer.address, signer: ZeroAddress },
          { signer: relayer.address },
          { signer: ZeroAddress },
          { salt: id("other") },
          { credits: THOUSAND_CREDITS - 1n },
          { credits: 2n * THOUSAND_CREDITS },
        ];
        for (const change of changes) {
          await expect(credits.connect(relayer).purchase(offering, { ...order, ...change }, payment)).to.revert(ethers);
        }
        for (const change of [{ nonce: 1n }, { deadline: 4_000_000_001n }, { payer: relayer.address }]) {
          await expect(credits.connect(relayer).purchase(offering, order, { ...payment, ...change })).to.revert(ethers);
        }
        await credits.connect(relayer).purchase(offering, order, payment);
      });
    });
  }

  it("takes a permit from nobody but its payer, and one that somebody used before", async () => {
    const market = await loadFixture(deployMarket);
    const { joulemint, credits, token, offering, buyer, relayer, order } = market;
    const payment = await permit(joulemint, { key: buyer, cost: COST });
    await expect(credits.connect(relayer).purchase(offering, order, payment))
      .to.be.revertedWithCustomError(credits, "Credits_NotPayer")
      .withArgs(buyer.address, relayer.address);
    const { r, s, v } = ethers.Signature.from(payment.signature);
    await token.connect(relayer).permit(buyer, credits, COST, payment.deadline, v, r, s);
    await credits.connect(buyer).purchase(offering, order, payment);
    await expect(credits.connect(buyer).purchase(offering, order, { ...payment, signature: "0x" })).to.revert(ethers);
  });

  it("takes an authorization of a token that knows signatures by keys only", async () => {
    const market = await loadFixture(deployMarket);
    const { credits, modelOwner, alice, buyer, relayer, register } = market;
    const token = await ethers.getContractAt("TestDollar", await ethers.deployContract("KeysOnlyDollar"));
    await token.mint(buyer, COST);
    const shares = await ethers.deployContract("Shares", ["", "", token, modelOwner, [alice], [1n]]);
    const offering = { ...market.offering, model: await shares.getAddress(), paymentToken: await token.getAddress() };
    const joulemint = { ...market.joulemint, token, id: await register(offering) };
    const payment = await authorize(joulemint, market.order, { key: buyer, cost: COST });
    await expect(credits.connect(relayer).purchase(offering, market.order, payment)).to.changeTokenBalances(
      ethers,
      token,
      [buyer, credits],
      [-COST, COST],
    );
  });

  it("takes a contract's authorization whose signature is as long as that contract likes", async () => {
    const { joulemint, credits, token, offering, buyer, relayer, order } = await loadFixture(deployMarket);
    const payer = await ethers.deployContract("AnsweringContract");
    const owner = await payer.getAddress();
    const isValidSignature = id("isValidSignature(bytes32,bytes)").slice(0, 10);
    await token.mint(payer, 2n * COST);
    const buy = async (salt: string) => {
      const own = { ...order, owner, salt };
      const payment = await authorize(joulemint, own, { key: buyer, payer: owner, cost: COST });
      return credits.connect(relayer).purchase(offering, own, { ...payment, signature: "0x0123456789" });
    };
    await payer.answer(isValidSignature, 0, ethers.zeroPadBytes(isValidSignature, 32));
    await expect(buy(ZeroHash)).to.changeTokenBalance(ethers, token, payer, -COST);
    await payer.answer(isValidSignature, 0, ZeroHash);
    await expect(buy(id("next"))).to.be.revertedWithCustomError(token, "ERC3009InvalidSignature");
  });

  it("lets nobody but the payee use an authorization", async () => {
    const { joulemint, credits, token, buyer, relayer, order } = await loadFixture(deployMarket);
    const { signature, deadline } = await authorize(joulemint, order, { key: buyer, cost: COST });
    const receive =
      token.connect(relayer)["receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)"];
    const nonce = ethers.TypedDataEncoder.hashStruct("Order", ORDER, { offering: joulemint.id, ...order, nonce: 0n });
    await expect(receive(buyer, credits, COST, 0n, deadline, nonce, signature))
      .to.be.revertedWithCustomError(token, "ERC20InvalidReceiver")
      .withArgs(credits);
  });

  it("buys for no contract that does not take credits", async () => {
    const { joulemint, credits, token, offering, buyer, order } = await loadFixture(deployMarket);
    const forToken = { ...order, owner: await token.getAddress(), signer: ZeroAddress };
    await expect(credits.purchase(offering, forToken, await authorize(joulemint, forToken, { key: buyer, cost: COST })))
      .to.be.revertedWithCustomError(credits, "ERC1155InvalidReceiver")
      .withArgs(token);
  });

  it("calls a receiver when it has counted the payment", async () => {
    const { joulemint, credits, token, offering, buyer, order } = await loadFixture(deployMarket);
    const wallet = await ethers.deployContract("ContractWallet", [buyer]);
    await token.connect(buyer).transfer(wallet, 1n);
    await wallet.onReceipt(token, token.interface.encodeFunctionData("transfer", [await credits.getAddress(), 1n]));
    const forWallet = { ...order, owner: await wallet.getAddress(), signer: ZeroAddress };
    const payment = await authorize(joulemint, forWallet, { key: buyer, cost: COST });
    await expect(credits.purchase(offering, forWallet, payment)).to.changeTokenBalance(
      ethers,
      token,
      credits,
      COST + 1n,
    );
  });

  it("opens a session for nobody but the payer, and tops up anybody's", async () => {
    const market = await loadFixture(deployMarket);
    const { joulemint, credits, offering, id: offeringId, consumer, buyer, relayer, order, openSession } = market;
    const gift = { ...order, owner: consumer.address };
    const paid = async (nonce: bigint) => authorize(joulemint, gift, { key: buyer, cost: COST, nonce });
    await expect(credits.connect(relayer).purchase(offering, gift, await paid(0n)))
      .to.be.revertedWithCustomError(credits, "Credits_NotPayer")
      .withArgs(buyer.address, consumer.address);
    const session = await openSession();
    await expect(credits.connect(relayer).purchase(offering, gift, await paid(0n)))
      .to.emit(credits, "Bought")
      .withArgs(offeringId, buyer.address, consumer.address, THOUSAND_CREDITS, COST)
      .and.to.emit(credits, "SessionToppedUp")
      .withArgs(offeringId, session, buyer.address, THOUSAND_CREDITS);
    expect((await credits.session(offeringId, session)).cap).to.equal(2n * THOUSAND_CREDITS);
    await credits.connect(consumer).requestClose(offering, order.signer, ZeroHash);
    await expect(credits.connect(relayer).purchase(offering, gift, await paid(1n))).to.be.revertedWithCustomError(
      credits,
      "Credits_SessionClosing",
    );
  });

  it("refuses other ways of paying, credits for nobody, and what is late", async () => {
    const market = await loadFixture(deployMarket);
    const { joulemint, credits, token, offering, buyer, relayer, order } = market;
    const bringer = credits.connect(relayer);
    const payment = await authorize(joulemint, order, { key: buyer, cost: COST });
    await expect(bringer.purchase(offering, order, { ...payment, method: 3n }))
      .to.be.revertedWithCustomError(credits, "Credits_UnknownPaymentMethod")
      .withArgs(3n);
    const nobody = { ...order, owner: ZeroAddress, signer: ZeroAddress };
    await expect(bringer.purchase(offering, nobody, payment))
      .to.be.revertedWithCustomError(credits, "ERC1155InvalidReceiver")
      .withArgs(ZeroAddress);
    const deadline = BigInt(await time.latest()) + 10n;
    const late = await authorize(joulemint, order, { key: buyer, cost: COST, deadline });
    await time.increaseTo(deadline);
    await expect(bringer.purchase(offering, order, late)).to.be.revertedWithCustomError(
      token,
      "ERC3009InvalidAuthorizationTime",
    );
    await time.increaseTo(offering.sellUntil);
    await expect(bringer.purchase(offering, order, payment)).to.be.revertedWithCustomError(
      credits,
      "Credits_SaleEnded",
    );
  });

  it("is paid by a contract, also by one that is not deployed yet", async () => {
    const market = await loadFixture(deployMarket);
    const { joulemint, credits, token, offering, buyer, relayer, order, permit2Address } = market;
    const factory = await ethers.deployContract("WalletFactory");
    const wallet = await factory.addressOf(buyer);
    await token.mint(wallet, 1_000_000n);
    const own: Order = { ...order, owner: wallet };
    const bring = (which: Order, payment: Payment) => credits.connect(relayer).purchase(offering, which, payment);

    const signed = await authorize(joulemint, own, { key: buyer, payer: wallet, cost: COST });
    await expect(bring(own, signed)).to.be.revertedWithCustomError(token, "ERC3009InvalidSignature");
    const deploy = factory.interface.encodeFunctionData("deploy", [buyer.address]);
    const factoryAddress = await factory.getAddress();
    const nothing = counterfactual(factoryAddress, "0x", signed.signature);
    await expect(bring(own, { ...signed, signature: nothing })).to.revert(ethers);
    const wrapped = counterfactual(factoryAddress, deploy, signed.signature);
    await bring(own, { ...signed, signature: wrapped });
    expect(await ethers.provider.getCode(wallet)).not.to.equal("0x");

    const again = await authorize(joulemint, own, { key: buyer, payer: wallet, cost: COST, nonce: 1n });
    await bring(own, again);
    const wrappedAgain = await authorize(joulemint, own, { key: buyer, payer: wallet, cost: COST, nonce: 2n });
    await bring(own, { ...wrappedAgain, signature: counterfactual(factoryAddress, deploy, wrappedAgain.signature) });

    const account = await ethers.getContractAt("ContractWallet", wallet);
    await account.execute(token, token.interface.encodeFunctionData("approve", [permit2Address, COST]));
    const by2 = await permit2(joulemint, own, { key: buyer, payer: wallet, cost: COST, nonce: 3n }, permit2Address);
    await bring(own, by2);
    expect(await token.balanceOf(wallet)).to.equal(1_000_000n - 4n * COST);
    expect(METHOD.permit2).to.equal(by2.method);
  });

  it("refuses a token that keeps a fee", async () => {
    const market = await loadFixture(deployMarket);
    const { credits, modelOwner, alice, buyer, relayer, offering, order, permit2Address, register } = market;
    const token = await ethers.deployContract("FeeToken");
    const shares = await ethers.deployContract("Shares", ["Fee", "FEE", token, modelOwner, [alice], [1n]]);
    const terms = { ...offering, model: await shares.getAddress(), paymentToken: await token.getAddress() };
    const id = await register(terms);
    await token.mint(buyer.address, 10_000n);
    await token.connect(buyer).approve(permit2Address, ethers.MaxUint256);

    const payment = await permit2({ token, credits, id }, order, { key: buyer, cost: COST }, permit2Address);
    await expect(credits.connect(relayer).purchase(terms, order, payment))
      .to.be.revertedWithCustomError(credits, "Transfers_Inexact")
      .withArgs(COST, COST - 1n);
  });

  it("calls for a wallet's deployment from an account that has nothing", async () => {
    const market = await loadFixture(deployMarket);
    const { joulemint, credits, token, offering, buyer, relayer, order, openSession } = market;
    await openSession();
    // The payer would have the credits' own money moved.
    const theft = token.interface.encodeFunctionData("transfer", [relayer.address, 1n]);
    const signed = await authorize(joulemint, order, { key: buyer, cost: COST });
    const signature = counterfactual(await token.getAddress(), theft, signed.signature);
    const before = await token.balanceOf(relayer);
    await credits.connect(relayer).purchase(offering, order, { ...signed, signature });
    expect(await token.balanceOf(relayer)).to.equal(before);
  });
});
