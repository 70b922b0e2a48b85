import { expect } from "chai";
import { FAULT } from "../../testing/accusations.ts";
import { signMeteringKeyConsent } from "../../testing/bondConsents.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployOperatorBond, STAKE } from "../../testing/deployOperatorBond.ts";
import { NO_USAGE } from "../../testing/ReceiptChain.ts";
import { receiptHash, receiptStruct } from "../../testing/receipts.ts";
import type { Voucher } from "../../testing/typedData.ts";

const { loadFixture } = networkHelpers;
const SLASHED = [FAULT.falseVoucher, STAKE / 10n, STAKE - STAKE / 10n] as const;

/** Sums of 120,501 (`paid`), the same again for nothing (`free`), and twice as much (`last`). */
async function history() {
  const joulemint = await deployOperatorBond();
  const { chain, north, east, sign } = joulemint;
  const session = chain();
  const receipts = {
    paid: session.call(north.address),
    free: session.call(east.address, { usage: NO_USAGE }),
    last: session.call(north.address),
  };
  const [paid, free, last] = await sign(...session.receipts);
  return { ...joulemint, receipts, paid, free, last };
}

describe("OperatorBond.proveFalseHead", () => {
  const changes: Readonly<Record<string, Partial<Voucher>>> = {
    "a larger sum": { cumulative: 241_003n },
    "a smaller sum": { cumulative: 241_001n },
    "another session": { session: ethers.id("another session") },
  };
  for (const [name, change] of Object.entries(changes))
    it(`slashes for a voucher that states ${name} than its head, which nobody has signed`, async () => {
      const { bond, reporter, stranger, metering, voucher, receipts } = await loadFixture(history);
      const head = receiptStruct(receipts.last);
      const [fault, reward, burned] = SLASHED;
      await expect(reporter.proveFalseHead(await voucher(receipts.last, change), head, stranger))
        .to.emit(bond, "Slashed")
        .withArgs(metering, stranger, fault, stranger, reward, burned);
    });

  it("slashes nothing for a voucher that its head bears out, however little of it the chain can settle", async () => {
    const { bond, reporter, stranger, voucher, receipts, chain, north } = await loadFixture(history);
    // More than the session's cap of 1,000,000.
    const beyond = { ...chain().call(north.address), charge: 5_000_000n, cumulative: 5_000_000n };
    for (const head of [receipts.paid, receipts.free, receipts.last, beyond])
      await expect(reporter.proveFalseHead(await voucher(head), receiptStruct(head), stranger))
        .to.be.revertedWithCustomError(bond, "OperatorBond_NoFault")
        .withArgs(FAULT.falseVoucher);
  });

  it("takes no other receipt than the voucher's head, though both have its sum", async () => {
    const { bond, reporter, stranger, voucher, receipts } = await loadFixture(history);
    const { paid, free } = receipts;
    await expect(reporter.proveFalseHead(await voucher(paid), receiptStruct(free), stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_HashMismatch")
      .withArgs(receiptHash(paid), receiptHash(free));
  });

  it("slashes nobody but the bond of who signed: not for a consumer's voucher", async () => {
    const { bond, reporter, stranger, thief, voucher, receipts } = await loadFixture(history);
    const foreign = await voucher(receipts.last, { cumulative: 1n }, thief);
    await expect(reporter.proveFalseHead(foreign, receiptStruct(receipts.last), stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NothingStaked")
      .withArgs(thief);
  });
});

describe("OperatorBond.proveVoucherBetween", () => {
  interface Case {
    readonly name: string;
    readonly neighbours: readonly ["paid" | "free", "free" | "last"];
    readonly voucher: Partial<Voucher>;
  }
  const head = ethers.id("no receipt");
  const none = { cumulative: 120_501n, receiptsHead: head };

  const unreceipted: readonly Case[] = [
    { name: "just above the first", neighbours: ["free", "last"], voucher: { ...none, cumulative: 120_502n } },
    { name: "just below the second", neighbours: ["free", "last"], voucher: { ...none, cumulative: 241_001n } },
    { name: "and which names the first as its head", neighbours: ["free", "last"], voucher: { cumulative: 120_502n } },
  ];
  for (const { name, neighbours, voucher: stated } of unreceipted)
    it(`slashes for a voucher whose sum no receipt has: ${name}`, async () => {
      const { bond, reporter, stranger, metering, voucher, receipts, ...signed } = await loadFixture(history);
      const [one, next] = neighbours;
      const [fault, reward, burned] = SLASHED;
      await expect(
        reporter.proveVoucherBetween(await voucher(receipts.free, stated), signed[one], signed[next], stranger),
      )
        .to.emit(bond, "Slashed")
        .withArgs(metering, stranger, fault, stranger, reward, burned);
    });

  it("slashes for a voucher with the sum of a receipt that alone can have it, and another head", async () => {
    const { bond, reporter, stranger, metering, voucher, chain, north, sign } = await loadFixture(history);
    const session = chain();
    const [one, next] = await sign(session.call(north.address), session.call(north.address));
    const [fault, reward, burned] = SLASHED;
    const stated = await voucher(session.receipts[0], { receiptsHead: head });
    await expect(reporter.proveVoucherBetween(stated, one, next, stranger))
      .to.emit(bond, "Slashed")
      .withArgs(metering, stranger, fault, stranger, reward, burned);
  });

  const sound: readonly Case[] = [
    { name: "one below both", neighbours: ["free", "last"], voucher: { ...none, cumulative: 120_500n } },
    { name: "one above both", neighbours: ["free", "last"], voucher: { ...none, cumulative: 241_003n } },
    {
      name: "the second's sum and an unknown head",
      neighbours: ["free", "last"],
      voucher: { ...none, cumulative: 241_002n },
    },
    { name: "the sum of receipts that charge nothing, before it", neighbours: ["free", "last"], voucher: none },
    { name: "the sum of receipts that charge nothing, after it", neighbours: ["paid", "free"], voucher: none },
    { name: "another session", neighbours: ["free", "last"], voucher: { cumulative: 120_502n, session: head } },
  ];
  for (const { name, neighbours, voucher: stated } of sound)
    it(`slashes nothing for ${name}`, async () => {
      const { bond, reporter, stranger, voucher, receipts, ...signed } = await loadFixture(history);
      const [one, next] = neighbours;
      await expect(
        reporter.proveVoucherBetween(await voucher(receipts.free, stated), signed[one], signed[next], stranger),
      )
        .to.be.revertedWithCustomError(bond, "OperatorBond_NoFault")
        .withArgs(FAULT.falseVoucher);
    });

  it("slashes nothing by receipts that do not follow each other", async () => {
    const { bond, reporter, stranger, voucher, receipts, paid, free, last } = await loadFixture(history);
    const between = await voucher(receipts.free, { cumulative: 120_502n });
    for (const [one, next] of [
      [paid, last],
      [last, free],
      [last, last],
    ])
      await expect(reporter.proveVoucherBetween(between, one, next, stranger))
        .to.be.revertedWithCustomError(bond, "OperatorBond_NoFault")
        .withArgs(FAULT.falseVoucher);
  });

  it("slashes neither bond when voucher and receipts are of two", async () => {
    const { bond, reporter, stranger, token, consents, metering, thief, voucher, receipts, free, last } =
      await loadFixture(history);
    await reporter.bond(thief, token, 10n, await signMeteringKeyConsent(thief, consents, stranger, token));
    const between = await voucher(receipts.free, { cumulative: 120_502n }, thief);
    await expect(reporter.proveVoucherBetween(between, free, last, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_DifferentBonds")
      .withArgs(metering, thief);
  });
});
