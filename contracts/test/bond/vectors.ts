import { expect } from "chai";
import { accusations, FAULT } from "../../testing/accusations.ts";
import { bondDomain, signMeteringKeyConsent, signReceiptKeyConsent } from "../../testing/bondConsents.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployOperatorBond, STAKE } from "../../testing/deployOperatorBond.ts";
import { receiptHash } from "../../testing/receipts.ts";
import vectors from "../../testing/receiptVectors.json" with { type: "json" };
import { receiptOfVector, signedReceiptOfVector } from "../../testing/receiptVectors.ts";

const { loadFixture, setCode } = networkHelpers;
type Name = keyof typeof vectors.receipts;
type VoucherName = keyof typeof vectors.vouchers;

const names = Object.keys(vectors.receipts) as Name[];
const { domain, offering, rateCard, session } = vectors;

const voucherOf = (name: VoucherName) => {
  const { signature, ...voucher } = vectors.vouchers[name];
  const { r, yParityAndS: vs } = ethers.Signature.from(signature);
  return { ...voucher, r, vs };
};

const deployHarness = () => ethers.deployContract("ReceiptsHarness");

/** A bond of the keys of the vectors, for a `Credits` at the address that they were signed for. */
async function bondOfVectors() {
  const { credits, token, operator, stranger } = await deployOperatorBond();
  await setCode(domain.credits, await ethers.provider.getCode(credits));
  const bond = await ethers.deployContract("OperatorBond", [domain.credits]);
  const consents = await bondDomain(bond);
  const [metering, north, east] = Object.values(vectors.keys).map((key) => new ethers.Wallet(key));
  await token.connect(operator).approve(bond, STAKE);
  const owner = bond.connect(operator);
  await owner.bond(metering, token, STAKE, await signMeteringKeyConsent(metering, consents, operator, token));
  for (const key of [north, east])
    await owner.addReceiptKey(metering, key, await signReceiptKeyConsent(key, consents, metering));
  return { bond, metering, stranger };
}

describe("Receipts, by the vectors of packages/protocol", () => {
  for (const name of names)
    it(`hashes and checks the signature of: ${name}`, async () => {
      const harness = await loadFixture(deployHarness);
      const { encoded, hash, root, receipt } = vectors.receipts[name];
      const signed = signedReceiptOfVector(name);
      expect(await harness.hash(signed.receipt)).to.equal(hash);
      expect(receiptHash(receiptOfVector(name))).to.equal(hash);
      expect(ethers.keccak256(encoded)).to.equal(hash);
      expect(await harness.root(signed)).to.equal(root);
      expect(await harness.signerOf(signed, domain.credits)).to.equal(ethers.getAddress(receipt.receiptKey));
    });

  it("prices every receipt of the chain as it was charged, but for the one that was capped", async () => {
    const harness = await loadFixture(deployHarness);
    for (const name of ["first", "free", "fourth", "fifth"] as const) {
      const { receipt } = signedReceiptOfVector(name);
      expect(await harness.rated(receipt, rateCard)).to.equal(receipt.charge);
    }
    expect(await harness.rated(signedReceiptOfVector("capped").receipt, rateCard)).to.equal(120_500n);
  });

  it("sees a chain in the order of its receipts, and in no other", async () => {
    const harness = await loadFixture(deployHarness);
    const chain = (["first", "free", "capped", "fourth", "fifth"] as const).map(
      (name) => signedReceiptOfVector(name).receipt,
    );
    for (const [index, receipt] of chain.entries()) {
      expect(await harness.begins(receipt)).to.equal(index === 0);
      for (const [after, next] of chain.entries())
        expect(await harness.precedes(receipt, next)).to.equal(after === index + 1);
    }
  });
});

describe("OperatorBond, by the vectors of packages/protocol", () => {
  type Bond = Awaited<ReturnType<typeof bondOfVectors>>["bond"];
  const signed = signedReceiptOfVector;
  const { owner, signer, salt } = session;

  const faults: Readonly<Record<string, readonly [bigint, (bond: Bond, to: string) => Promise<unknown>]>> = {
    equivocation: [
      FAULT.equivocation,
      (bond, to) => bond.proveEquivocation(signed("capped"), signed("equivocation"), to),
    ],
    "broken chain": [
      FAULT.brokenChain,
      (bond, to) => bond.proveBrokenChain(signed("first"), signed("broken chain"), to),
    ],
    "broken start": [FAULT.brokenChain, (bond, to) => bond.proveBrokenStart(signed("broken start"), to)],
    overcharge: [FAULT.overcharge, (bond, to) => bond.proveOvercharge(signed("overcharge"), rateCard, to)],
    "wrong rate card": [
      FAULT.wrongRateCard,
      (bond, to) => bond.proveWrongRateCard(signed("wrong rate card"), offering, to),
    ],
    "wrong offering": [
      FAULT.wrongOffering,
      (bond, to) => bond.proveWrongOffering(signed("wrong offering"), session.offering, owner, signer, salt, to),
    ],
    "false head": [
      FAULT.falseVoucher,
      (bond, to) => bond.proveFalseHead(voucherOf("false head"), signed("fifth").receipt, to),
    ],
    "no receipt": [
      FAULT.falseVoucher,
      (bond, to) => bond.proveVoucherBetween(voucherOf("no receipt"), signed("fourth"), signed("fifth"), to),
    ],
  };
  for (const [name, [fault, prove]] of Object.entries(faults))
    it(`slashes: ${name}`, async () => {
      const { bond, metering, stranger } = await loadFixture(bondOfVectors);
      await expect(prove(bond.connect(stranger), stranger.address))
        .to.emit(bond, "Slashed")
        .withArgs(metering, stranger, fault, stranger, STAKE / 10n, STAKE - STAKE / 10n);
    });

  it("slashes nothing for the receipts and vouchers of the chain", async () => {
    const { bond, stranger } = await loadFixture(bondOfVectors);
    const receipts = (["first", "free", "capped", "fourth", "fifth"] as const).map(signed);
    const vouchers = (["first", "free", "fifth"] as const).map(voucherOf);
    const evidence = { receipts, vouchers, card: rateCard, offering, session };
    for (const { fault, prove } of accusations(bond, evidence, stranger.address))
      await expect(prove()).to.be.revertedWithCustomError(bond, "OperatorBond_NoFault").withArgs(fault);
  });
});
