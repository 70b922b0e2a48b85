import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { REASON, settledRows } from "../testing/settledRows.ts";
import { packVoucherRow, VOUCHER } from "../testing/typedData.ts";

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

describe("Settlement.settleRows", () => {
  const domain = { name: "domain" };
  const separator = ethers.TypedDataEncoder.hashDomain(domain);
  const voucher = { session: ethers.id("session"), cumulative: 7n, receiptsHead: ethers.id("head") };
  const digest = ethers.TypedDataEncoder.hash(domain, VOUCHER, voucher);
  const word = (value: bigint) => ethers.toBeHex(value, 32);

  /** Whoever the precompile says has signed, for a signature that was made up. */
  const precompile = async (r: string, s: bigint) => {
    const recovered = await ethers.provider.call({
      to: ethers.toBeHex(1, 20),
      data: ethers.concat([digest, word(27n), r, word(s)]),
    });
    return ethers.getAddress(ethers.dataSlice(recovered, 12));
  };

  it("refuses the upper half of s, which recovers to somebody", async () => {
    const harness = await networkHelpers.loadFixture(deployHarness);
    const { r } = ethers.Signature.from(
      await new ethers.Wallet(ethers.id("signer")).signTypedData(domain, VOUCHER, voucher),
    );
    for (const [s, reason] of [
      [HALF_ORDER, REASON.settled],
      [HALF_ORDER + 1n, REASON.badSignature],
    ] as const) {
      await harness.open(voucher.session, await precompile(r, s), 10n);
      const [, outcomes] = await harness.settleRows.staticCall(packVoucherRow(voucher, r, word(s)), separator);
      expect(settledRows(outcomes)[0].reason).to.equal(reason);
    }
  });
});
