import { ethers, networkHelpers } from "./chain.ts";
import { creditsDomain, type Offering, signOffering, voucherRow } from "./typedData.ts";

const HOUR = 3_600n;
const YEAR = 365n * 24n * HOUR;

/** 2 dollars for a million credits, so that 500 millicredits cost exactly one base unit. */
const PRICE = 2_000_000n;

/** 1,000 credits in millicredits: 2,000 base units. */
export const THOUSAND_CREDITS = 1_000_000n;

/**
 * A registered offering of a model with two shareholders (60 % and 40 % of 1,000,000 units), which gives 50 % to them,
 * 10 % to the treasury and 40 % to the operator, and a consumer with a million dollars.
 */
export async function deployJoulemint() {
  const [deployer, modelOwner, operator, treasury, consumer, stranger, alice, bob] = await ethers.getSigners();
  // The key that signs the vouchers of the consumer's sessions.
  const signer = new ethers.Wallet(ethers.id("signer"));
  const token = await ethers.deployContract("TestDollar");
  const credits = await ethers.deployContract("Credits");
  const shares = await ethers.deployContract("Shares", [
    "Model One",
    "ONE",
    token,
    modelOwner,
    [alice, bob],
    [600_000n, 400_000n],
  ]);
  const domain = await creditsDomain(credits);
  const offering: Offering = {
    model: await shares.getAddress(),
    kind: ethers.id("inference"),
    termsHash: ethers.id("terms"),
    tier: 1n,
    paymentToken: await token.getAddress(),
    pricePerMillion: PRICE,
    rateCardHash: ethers.id("rate card"),
    holdersBps: 5_000n,
    treasuryBps: 1_000n,
    treasury: treasury.address,
    operator: operator.address,
    sellUntil: BigInt(await networkHelpers.time.latest()) + YEAR,
    exitDelay: HOUR,
    expiresAt: 0n,
    transferable: true,
  };

  const register = async (terms: Offering) => {
    await credits.connect(modelOwner).register(terms, await signOffering(operator, domain, terms));
    return credits.offeringId(terms);
  };
  const id = await register(offering);
  for (const account of [consumer, stranger]) {
    await token.mint(account, 1_000_000_000_000n);
    await token.connect(account).approve(credits, ethers.MaxUint256);
  }

  /** Buys `amount` millicredits into a new session of the consumer. */
  const openSession = async (amount = THOUSAND_CREDITS, salt = ethers.ZeroHash) => {
    await credits.connect(consumer).buyAndOpen(offering, signer, salt, amount);
    return credits.sessionId(id, consumer, signer, salt);
  };
  /** The signer's voucher for the cumulative use of a session, as a row for `settle`. */
  const voucher = (session: string, cumulative: bigint, receiptsHead = ethers.id("head")) =>
    voucherRow(signer, domain, { session, cumulative, receiptsHead });

  const accounts = { deployer, modelOwner, operator, treasury, consumer, stranger, alice, bob, signer };
  return { ...accounts, token, credits, shares, domain, offering, id, register, openSession, voucher };
}
