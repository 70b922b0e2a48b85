import { rateCard } from "@joulemint/economics/RateCard";
import type { Wallet } from "ethers";
import { bondDomain, signMeteringKeyConsent, signReceiptKeyConsent } from "./bondConsents.ts";
import { ethers } from "./chain.ts";
import { deployJoulemint } from "./deployJoulemint.ts";
import { ReceiptChain } from "./ReceiptChain.ts";
import { type Receipt, receiptHash, receiptsDomain, type SignedReceipt, signReceipts } from "./receipts.ts";
import { VOUCHER, type Voucher } from "./typedData.ts";

const DAY = 86_400n;
export const UNBONDING_DELAY = 37n * DAY;
export const STAKE = 1_000_000_005n;
export const BURN = "0x000000000000000000000000000000000000dEaD";

/** Micro-credits: weights that leave a remainder when a charge is rounded up. */
export const CARD = rateCard({
  input: 250_001n,
  cachedInput: 25_000n,
  cacheWrite: 312_500n,
  output: 1_000_000n,
  reasoning: 999_999n,
  image: 7n,
});

export function hashRateCard(card: typeof CARD): string {
  const types = { RateCard: Object.keys(card).map((name) => ({ name, type: "uint64" })) };
  return ethers.TypedDataEncoder.from(types).hash(card);
}

/**
 * A bond of the operator for its metering key and for the receipt keys of two gateways, north and east, and an offering
 * with a session under that metering key. `thief` is a key that no bond names.
 */
export async function deployOperatorBond() {
  const joulemint = await deployJoulemint();
  const { token, credits, operator, consumer, stranger, register } = joulemint;
  const bond = await ethers.deployContract("OperatorBond", [credits]);
  const [metering, north, east, thief] = ["metering", "north", "east", "thief"].map(
    (name) => new ethers.Wallet(ethers.id(`${name} key`)),
  );
  const offering = { ...joulemint.offering, rateCardHash: hashRateCard(CARD) };
  const id = await register(offering);
  const salt = ethers.id("salt");
  await credits.connect(consumer).buyAndOpen(offering, metering, salt, 1_000_000n);
  const session = await credits.sessionId(id, consumer, metering, salt);

  const batches = await receiptsDomain(credits);
  const consents = await bondDomain(bond);
  for (const account of [operator, stranger]) {
    await token.mint(account, 10n * STAKE);
    await token.connect(account).approve(bond, ethers.MaxUint256);
  }
  const owner = bond.connect(operator);
  const reporter = bond.connect(stranger);
  await owner.bond(metering, token, STAKE, await signMeteringKeyConsent(metering, consents, operator, token));
  for (const key of [north, east])
    await owner.addReceiptKey(metering, key, await signReceiptKeyConsent(key, consents, metering));

  const opened = { offering: id, owner: consumer.address, signer: metering.address, salt };
  const terms = { session, offering: id, card: CARD, rateCardHash: offering.rateCardHash };
  const chain = (change: Partial<typeof terms> = {}) => new ReceiptChain({ ...terms, ...change });
  /** Signs receipts, each by the key that it names: all of a key in one batch. In their order. */
  const sign = async (...receipts: Receipt[]): Promise<SignedReceipt[]> => {
    const signed = new Map<Receipt, SignedReceipt>();
    for (const key of [north, east, thief]) {
      const own = receipts.filter(({ receiptKey }) => receiptKey === key.address);
      if (own.length === 0) continue;
      for (const [index, one] of (await signReceipts(own, key, batches)).entries()) signed.set(own[index], one);
    }
    return receipts.map((receipt) => {
      const one = signed.get(receipt);
      if (one === undefined) throw new Error(`no key for ${receipt.receiptKey}`);
      return one;
    });
  };
  /** The voucher for all receipts up to `head`, but for what is changed, by the metering key or by `key`. */
  const voucher = async (head: Receipt, change: Partial<Voucher> = {}, key: Wallet = metering) => {
    const { cumulative } = head;
    const stated = { session: head.session, cumulative, receiptsHead: receiptHash(head), ...change };
    const signature = ethers.Signature.from(await key.signTypedData(joulemint.domain, VOUCHER, stated));
    return { ...stated, r: signature.r, vs: signature.yParityAndS };
  };

  const keys = { metering, north, east, thief };
  const domains = { batches, consents };
  return { ...joulemint, ...keys, ...domains, bond, owner, reporter, offering, id, opened, chain, sign, voucher };
}
