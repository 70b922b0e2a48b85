import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { packVoucherRow, VOUCHER, voucherRow } from "../testing/typedData.ts";

const METERS = [
  "input",
  "cachedInput",
  "cacheWrite",
  "output",
  "reasoning",
  "image",
  "audio",
  "video",
  "action",
  "computeSecond",
  "conversation",
  "outcome",
  "workflow",
  "seat",
  "spare1",
  "spare2",
];
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

const deployHarness = () => ethers.deployContract("LibraryHarness");

describe("RateCards.hash", () => {
  it("is the EIP-712 struct hash of the sixteen meters", async () => {
    const harness = await networkHelpers.loadFixture(deployHarness);
    const card = Object.fromEntries(METERS.map((meter, index) => [meter, BigInt(index + 1)]));
    const types = { RateCard: METERS.map((name) => ({ name, type: "uint64" })) };
    // As a tuple: the ABI takes the meters in the order of the struct.
    const weights = Object.values(card) as unknown as Parameters<typeof harness.rateCardHash>[0];
    expect(await harness.rateCardHash(weights)).to.equal(ethers.TypedDataEncoder.from(types).hash(card));
  });
});

describe("VoucherRows.recover", () => {
  const signer = new ethers.Wallet(ethers.id("signer"));
  const domain = { name: "domain" };
  const separator = ethers.TypedDataEncoder.hashDomain(domain);
  const voucher = { session: ethers.id("session"), cumulative: 7n, receiptsHead: ethers.id("head") };

  it("finds the signer of a row", async () => {
    const harness = await networkHelpers.loadFixture(deployHarness);
    expect(await harness.recover(await voucherRow(signer, domain, voucher), separator)).to.equal(signer.address);
  });

  it("refuses the upper half of s, which would recover to somebody", async () => {
    const harness = await networkHelpers.loadFixture(deployHarness);
    const { r } = ethers.Signature.from(await signer.signTypedData(domain, VOUCHER, voucher));
    const recover = (s: bigint) => harness.recover(packVoucherRow(voucher, r, ethers.toBeHex(s, 32)), separator);
    expect(await recover(HALF_ORDER)).not.to.equal(ethers.ZeroAddress);
    expect(await recover(HALF_ORDER + 1n)).to.equal(ethers.ZeroAddress);
  });
});
