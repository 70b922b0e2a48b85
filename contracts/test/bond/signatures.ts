import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployOperatorBond } from "../../testing/deployOperatorBond.ts";
import { receiptStruct, type SignedReceipt, signReceipts } from "../../testing/receipts.ts";
import { VOUCHER } from "../../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** A receipt that breaks the start of its chain, in a batch with three others, and a voucher that is false. */
async function faulty() {
  const joulemint = await deployOperatorBond();
  const { chain, north, sign, voucher } = joulemint;
  const session = chain();
  for (let index = 0; index < 3; index++) session.call(north.address);
  const receipt = { ...session.call(north.address), sequence: 0n };
  const [signed] = await sign(receipt, ...session.receipts);
  const head = receiptStruct(receipt);
  return { ...joulemint, receipt, signed, head, falseVoucher: await voucher(receipt, { cumulative: 1n }) };
}

/** The other signature of the same key for the same data. */
function twin(signature: string): { r: string; s: string; v: number } {
  const { r, s, v } = ethers.Signature.from(signature);
  return { r, s: ethers.toBeHex(ORDER - BigInt(s), 32), v: v === 27 ? 28 : 27 };
}

describe("OperatorBond, of a receipt's signature", () => {
  it("takes the receipt key's, with the receipt's way to the batch's root", async () => {
    const { bond, reporter, stranger, signed } = await loadFixture(faulty);
    expect(signed.proof).to.have.length(3);
    await expect(reporter.proveBrokenStart(signed, stranger)).to.emit(bond, "Slashed");
  });

  it("refuses what another key has signed, a key of the same bond too", async () => {
    const { bond, reporter, stranger, north, east, thief, metering, batches, receipt } = await loadFixture(faulty);
    for (const key of [east, thief, metering]) {
      const [forged] = await signReceipts([receipt], key, batches);
      await expect(reporter.proveBrokenStart(forged, stranger))
        .to.be.revertedWithCustomError(bond, "OperatorBond_WrongSigner")
        .withArgs(north, key);
    }
  });

  it("refuses what the key has signed for another chain, another contract or another use", async () => {
    const { bond, reporter, stranger, north, batches, consents, domain, receipt } = await loadFixture(faulty);
    const others = [
      { ...batches, chainId: 1n },
      { ...batches, verifyingContract: stranger.address },
      { ...batches, version: "2" },
      domain,
      consents,
    ];
    for (const other of others) {
      const [foreign] = await signReceipts([receipt], north, other);
      await expect(reporter.proveBrokenStart(foreign, stranger)).to.be.revertedWithCustomError(
        bond,
        "OperatorBond_WrongSigner",
      );
    }
  });

  it("refuses it for a receipt or a way that was changed afterwards", async () => {
    const { bond, reporter, stranger, signed } = await loadFixture(faulty);
    const { receipt, proof } = signed;
    const forgeries: readonly SignedReceipt[] = [
      { ...signed, receipt: { ...receipt, charge: receipt.charge + 1n } },
      { ...signed, proof: [] },
      { ...signed, proof: proof.slice(1) },
      { ...signed, proof: proof.with(0, ethers.ZeroHash) },
      { ...signed, proof: [proof[1], proof[0], ...proof.slice(2)] },
      { ...signed, proof: [...proof, ethers.ZeroHash] },
    ];
    for (const forged of forgeries)
      await expect(reporter.proveBrokenStart(forged, stranger)).to.be.revertedWithCustomError(
        bond,
        "OperatorBond_WrongSigner",
      );
  });

  it("refuses its malleable twin, short forms and what is no signature", async () => {
    const { bond, reporter, stranger, signed } = await loadFixture(faulty);
    const { r, s, v } = twin(signed.signature);
    const refused = (signature: string, error: string) =>
      expect(reporter.proveBrokenStart({ ...signed, signature }, stranger)).to.be.revertedWithCustomError(bond, error);
    await refused(ethers.concat([r, s, ethers.toBeHex(v)]), "ECDSAInvalidSignatureS");
    await refused(ethers.Signature.from(signed.signature).compactSerialized, "ECDSAInvalidSignatureLength");
    await refused(ethers.concat([ethers.dataSlice(signed.signature, 0, 64), "0x1d"]), "ECDSAInvalidSignature");
    await refused("0x", "ECDSAInvalidSignatureLength");
  });

  it("refuses a receipt with bits beyond a field's type", async () => {
    const { bond, reporter, stranger, signed } = await loadFixture(faulty);
    const data = bond.interface.encodeFunctionData("proveBrokenStart", [signed, stranger.address]);
    // The ninth word of the receipt is its tier, a uint8; calldata begins with a selector, two arguments, two offsets.
    const at = 4 + 32 * (2 + 8);
    expect(BigInt(ethers.dataSlice(data, at, at + 32))).to.equal(1n);
    const dirty = ethers.concat([
      ethers.dataSlice(data, 0, at),
      ethers.toBeHex(257n, 32),
      ethers.dataSlice(data, at + 32),
    ]);
    await expect(stranger.sendTransaction({ to: bond, data: dirty })).to.be.revertedWithoutReason(ethers);
    await expect(reporter.proveBrokenStart(signed, stranger)).to.emit(bond, "Slashed");
  });
});

describe("OperatorBond, of a voucher's signature", () => {
  it("takes the metering key's", async () => {
    const { bond, reporter, stranger, metering, falseVoucher, head } = await loadFixture(faulty);
    await expect(reporter.proveFalseHead(falseVoucher, head, stranger)).to.emit(bond, "Slashed");
    expect((await bond.bondOf(metering)).slashed).to.equal(true);
  });

  it("refuses its malleable twin", async () => {
    const { bond, reporter, stranger, falseVoucher, head } = await loadFixture(faulty);
    const { r, s, v } = twin(ethers.concat([falseVoucher.r, falseVoucher.vs]));
    const vs = ethers.toBeHex(BigInt(s) | (BigInt(v - 27) << 255n), 32);
    // What does not fit beside the parity is lost: the twin names nobody, or an s that is too large.
    await expect(reporter.proveFalseHead({ ...falseVoucher, r, vs }, head, stranger)).to.revert(ethers);
    const high = ethers.toBeHex(ORDER / 2n + 1n, 32);
    await expect(reporter.proveFalseHead({ ...falseVoucher, r, vs: high }, head, stranger))
      .to.be.revertedWithCustomError(bond, "ECDSAInvalidSignatureS")
      .withArgs(high);
  });

  it("finds nobody's stake for another voucher, another chain or another contract", async () => {
    const { bond, reporter, stranger, metering, domain, falseVoucher, head } = await loadFixture(faulty);
    const { r: _r, vs: _vs, ...stated } = falseVoucher;
    const vouchers = [{ ...falseVoucher, cumulative: 2n }];
    for (const other of [
      { ...domain, chainId: 1n },
      { ...domain, verifyingContract: stranger.address },
    ]) {
      const { r, yParityAndS: vs } = ethers.Signature.from(await metering.signTypedData(other, VOUCHER, stated));
      vouchers.push({ ...stated, r, vs });
    }
    for (const voucher of vouchers)
      await expect(reporter.proveFalseHead(voucher, head, stranger)).to.be.revertedWithCustomError(
        bond,
        "OperatorBond_NothingStaked",
      );
  });
});
