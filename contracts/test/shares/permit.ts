import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployShares } from "../../testing/deployShares.ts";
import { PERMIT } from "../../testing/signedPayment.ts";

const { loadFixture, time } = networkHelpers;

async function signedPermit() {
  const { shares, alice, bob } = await deployShares();
  const { chainId } = await ethers.provider.getNetwork();
  const domain = { name: "Model One", version: "1", chainId, verifyingContract: await shares.getAddress() };
  const deadline = BigInt(await time.latest()) + 100n;
  const permit = { owner: alice.address, spender: bob.address, value: 5n, nonce: 0n, deadline };
  const signature = ethers.Signature.from(await alice.signTypedData(domain, PERMIT, permit));
  const send = (value: bigint) =>
    shares.permit(permit.owner, permit.spender, value, deadline, signature.v, signature.r, signature.s);
  /** Whom the signature would be of, were it of another permit. */
  const recovered = (change: Partial<typeof permit>) =>
    ethers.verifyTypedData(domain, PERMIT, { ...permit, ...change }, signature);
  return { shares, alice, bob, domain, deadline, send, recovered };
}

describe("Shares.permit", () => {
  it("approves by signature, once", async () => {
    const { shares, alice, bob, domain, send, recovered } = await loadFixture(signedPermit);
    expect(await shares.DOMAIN_SEPARATOR()).to.equal(ethers.TypedDataEncoder.hashDomain(domain));
    await expect(send(5n)).to.emit(shares, "Approval").withArgs(alice, bob, 5n);
    expect(await shares.nonces(alice)).to.equal(1n);
    await expect(send(5n))
      .to.be.revertedWithCustomError(shares, "ERC2612InvalidSigner")
      .withArgs(recovered({ nonce: 1n }), alice);
  });

  it("is good until its deadline", async () => {
    const { shares, deadline, send } = await loadFixture(signedPermit);
    await time.setNextBlockTimestamp(deadline);
    await expect(send(5n)).to.emit(shares, "Approval");
  });

  it("refuses another value, and a signature that is too old", async () => {
    const { shares, alice, deadline, send, recovered } = await loadFixture(signedPermit);
    await expect(send(6n))
      .to.be.revertedWithCustomError(shares, "ERC2612InvalidSigner")
      .withArgs(recovered({ value: 6n }), alice);
    await time.increaseTo(deadline + 1n);
    await expect(send(5n)).to.be.revertedWithCustomError(shares, "ERC2612ExpiredSignature").withArgs(deadline);
  });
});
