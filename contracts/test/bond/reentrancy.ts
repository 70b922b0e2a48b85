import { expect } from "chai";
import { signMeteringKeyConsent, signReceiptKeyConsent } from "../../testing/bondConsents.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { CARD, deployOperatorBond } from "../../testing/deployOperatorBond.ts";

const { loadFixture } = networkHelpers;

/** A bond in a token that calls whatever it is told to, in the middle of each transfer; and a fault of its key. */
async function callingToken() {
  const joulemint = await deployOperatorBond();
  const { bond, owner, operator, thief, consents, chain, sign } = joulemint;
  const token = await ethers.deployContract("CallingToken");
  await token.mint(operator, 1_000n);
  await token.connect(operator).approve(bond, ethers.MaxUint256);
  const key = new ethers.Wallet(ethers.id("another metering key"));
  await owner.bond(key, token, 100n, await signMeteringKeyConsent(key, consents, operator, token));
  await owner.addReceiptKey(key, thief, await signReceiptKeyConsent(thief, consents, key));
  const [broken] = await sign({ ...chain().call(thief.address), sequence: 0n });
  return { ...joulemint, token, key, broken };
}

describe("Reentrancy", () => {
  it("is refused to the payment token by every function of OperatorBond", async () => {
    const { bond, owner, token, key, thief, operator, broken, offering, opened, voucher, chain } =
      await loadFixture(callingToken);
    const to = operator.address;
    const stated = await voucher(chain().call(thief.address));
    const { interface: abi } = bond;
    const { offering: id, owner: consumer, signer, salt } = opened;
    const calls = [
      abi.encodeFunctionData("bond", [key.address, await token.getAddress(), 1n, "0x"]),
      abi.encodeFunctionData("topUp", [key.address, 1n]),
      abi.encodeFunctionData("addReceiptKey", [key.address, thief.address, "0x"]),
      abi.encodeFunctionData("removeReceiptKey", [thief.address]),
      abi.encodeFunctionData("unbond", [key.address]),
      abi.encodeFunctionData("withdraw", [key.address, to]),
      abi.encodeFunctionData("proveEquivocation", [broken, broken, to]),
      abi.encodeFunctionData("proveBrokenChain", [broken, broken, to]),
      abi.encodeFunctionData("proveBrokenStart", [broken, to]),
      abi.encodeFunctionData("proveOvercharge", [broken, CARD, to]),
      abi.encodeFunctionData("proveWrongRateCard", [broken, offering, to]),
      abi.encodeFunctionData("proveWrongOffering", [broken, id, consumer, signer, salt, to]),
      abi.encodeFunctionData("proveFalseHead", [stated, broken.receipt, to]),
      abi.encodeFunctionData("proveVoucherBetween", [stated, broken, broken, to]),
    ];
    const refused = abi.encodeErrorResult("ReentrancyGuardReentrantCall");
    for (const call of calls) {
      await token.beforeTransfer(bond, call);
      await expect(owner.topUp(key, 1n)).to.emit(token, "Called").withArgs(false, refused);
    }
    expect((await bond.bondOf(key)).stake).to.equal(100n + BigInt(calls.length));
  });

  it("finds a stake gone before it is paid out", async () => {
    const { bond, reporter, stranger, token, key, broken } = await loadFixture(callingToken);
    await token.beforeTransfer(bond, bond.interface.encodeFunctionData("bondOf", [key.address]));
    const result = bond.interface.encodeFunctionResult("bondOf", [
      (await bond.bondOf(key)).owner,
      await token.getAddress(),
      0n,
      0n,
      true,
    ]);
    await expect(reporter.proveBrokenStart(broken, stranger)).to.emit(token, "Called").withArgs(true, result);
    expect(await token.balanceOf(bond)).to.equal(0n);
  });
});
