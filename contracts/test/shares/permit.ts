import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployShares } from "../../testing/deployShares.ts";

const { loadFixture, time } = networkHelpers;
const PERMIT = {
  Permit: ["owner:address", "spender:address", "value:uint256", "nonce:uint256", "deadline:uint256"].map((field) => {
    const [name = "", type = ""] = field.split(":");
    return { name, type };
  }),
};

async function signedPermit() {
  const { shares, alice, bob } = await deployShares();
  const { chainId } = await ethers.provider.getNetwork();
  const domain = { name: "Model One", version: "1", chainId, verifyingContract: await shares.getAddress() };
  const deadline = BigInt(await time.latest()) + 100n;
  const permit = { owner: alice.address, spender: bob.address, value: 5n, nonce: 0n, deadline };
  const signature = ethers.Signature.from(await alice.signTypedData(domain, PERMIT, permit));
  const send = (value: bigint) =>
    shares.permit(permit.owner, permit.spender, value, deadline, signature.v, signature.r, signature.s);
  return { shares, alice, bob, domain, deadline, send };
}

describe("Shares.permit", () => {
  it("approves by signature, once", async () => {
    const { shares, alice, bob, domain, send } = await loadFixture(signedPermit);
    expect(await shares.DOMAIN_SEPARATOR()).to.equal(ethers.TypedDataEncoder.hashDomain(domain));
    await expect(send(5n)).to.emit(shares, "Approval").withArgs(alice, bob, 5n);
    expect(await shares.nonces(alice)).to.equal(1n);
    await expect(send(5n)).to.be.revertedWithCustomError(shares, "ERC2612InvalidSigner");
  });

  it("refuses another value, and a signature that is too old", async () => {
    const { shares, deadline, send } = await loadFixture(signedPermit);
    await expect(send(6n)).to.be.revertedWithCustomError(shares, "ERC2612InvalidSigner");
    await time.increaseTo(deadline + 1n);
    await expect(send(5n)).to.be.revertedWithCustomError(shares, "ERC2612ExpiredSignature").withArgs(deadline);
  });
});
