import { expect } from "chai";
import { Signature, type TypedDataDomain } from "ethers";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { deployShares } from "../testing/deployShares.ts";
import { PERMIT } from "../testing/signedPayment.ts";
import { OPEN, signCooperativeClose, signOffering, voucherRow } from "../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const { ZeroHash } = ethers;
const LATER = 4_000_000_000n;

type Joulemint = Awaited<ReturnType<typeof deployJoulemint>>;

/** The domain of the contract of another chain, of another version, and of another contract. */
const FOREIGN: Record<string, (domain: TypedDataDomain) => TypedDataDomain> = {
  chain: (domain) => ({ ...domain, chainId: 1n }),
  version: (domain) => ({ ...domain, version: "2" }),
  contract: (domain) => ({ ...domain, verifyingContract: "0x00000000000000000000000000000000000000C0" }),
};

/** Every message of `Credits`: whether it is taken when it is signed for a domain. */
const MESSAGES: Record<string, (joulemint: Joulemint, domain: TypedDataDomain) => Promise<boolean>> = {
  async Offering({ credits, modelOwner, operator, offering }, domain) {
    const terms = { ...offering, termsHash: ethers.id("next terms") };
    const registering = credits.connect(modelOwner).register(terms, await signOffering(operator, domain, terms));
    return registering.then(
      () => true,
      () => false,
    );
  },
  async Voucher({ credits, offering, signer, id, openSession }, domain) {
    const session = await openSession();
    const row = await voucherRow(signer, domain, { session, cumulative: 5n, receiptsHead: ZeroHash });
    await credits.settle(offering, row, ZeroHash);
    return (await credits.session(id, session)).used === 5n;
  },
  async Open({ credits, consumer, signer, offering, id }, domain) {
    await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
    const order = { owner: consumer.address, signer: signer.address, salt: ZeroHash, credits: 1_000n };
    const signature = await consumer.signTypedData(domain, OPEN, { offering: id, ...order, deadline: LATER });
    return credits.openFor(offering, order, LATER, signature).then(
      () => true,
      () => false,
    );
  },
  async CooperativeClose({ credits, consumer, operator, signer, offering, openSession }, domain) {
    const consent = await signCooperativeClose(operator, domain, await openSession(), 0n);
    const closing = credits.connect(consumer).close(offering, signer, ZeroHash, consumer, consent);
    return closing.then(
      () => true,
      () => false,
    );
  },
};

describe("A message for Credits", () => {
  for (const [message, taken] of Object.entries(MESSAGES)) {
    it(`${message} is taken when it is signed for this contract on this chain`, async () => {
      const joulemint = await loadFixture(deployJoulemint);
      expect(await taken(joulemint, joulemint.domain)).to.equal(true);
    });
    for (const [what, foreign] of Object.entries(FOREIGN))
      it(`${message} is refused when it is signed for another ${what}`, async () => {
        const joulemint = await loadFixture(deployJoulemint);
        expect(await taken(joulemint, foreign(joulemint.domain))).to.equal(false);
      });
  }
});

describe("A permit for Shares", () => {
  for (const [what, foreign] of Object.entries(FOREIGN))
    it(`is refused when it is signed for another ${what}`, async () => {
      const { shares, alice, bob } = await loadFixture(deployShares);
      const { name, version, chainId, verifyingContract } = await shares.eip712Domain();
      const domain = foreign({ name, version, chainId, verifyingContract });
      const permit = { owner: alice.address, spender: bob.address, value: 5n, nonce: 0n, deadline: LATER };
      const { v, r, s } = Signature.from(await alice.signTypedData(domain, PERMIT, permit));
      await expect(shares.permit(alice, bob, 5n, LATER, v, r, s)).to.be.revertedWithCustomError(
        shares,
        "ERC2612InvalidSigner",
      );
      expect(await shares.allowance(alice, bob)).to.equal(0n);
    });
});
