import { ethers } from "../chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../deployJoulemint.ts";
import type { Offering } from "../typedData.ts";

const SESSIONS = 300;
const HOLDERS = 10_000;
/** Holders that one transaction makes: its gas stays well below the limit of EIP-7825. */
const HOLDERS_AT_ONCE = 500;
/** The addresses below are precompiled contracts, or may become some. */
const FIRST_HOLDER = 2n ** 32n;
const MODELS = 5;
/** Base units of revenue for each model beside the first. */
const REVENUE = 1_000_000n;
/** Millicredits that every session in a settlement uses. */
const STEP = 1_000n;

/**
 * A factory in its steady state: everybody has bought, paid, been paid, settled and voted before, so that new slots are
 * only those that an operation needs each time. The model has 10,000 holders, the consumer 300 sessions, alice shares of
 * five models, and carol and dave delegates of their own.
 */
export async function deploySteadyState() {
  const joulemint = await deployJoulemint();
  const { token, credits, shares, consumer, operator, modelOwner, alice, bob } = joulemint;
  const [carol, dave, carolsDelegate, davesDelegate] = (await ethers.getSigners()).slice(8);
  // A date of its own, so that calldata is the same in every run.
  const offering: Offering = { ...joulemint.offering, sellUntil: 4_000_000_000n };
  const id = await joulemint.register(offering);

  const crowd = await ethers.deployContract("ManyHolders");
  await shares.connect(alice).transfer(crowd, HOLDERS);
  for (let given = 0; given < HOLDERS; given += HOLDERS_AT_ONCE)
    await crowd.give(shares, FIRST_HOLDER + BigInt(given), HOLDERS_AT_ONCE);

  const sessions: string[] = [];
  const salt = (index: number) => ethers.toBeHex(index, 32);
  for (let index = 0; index < SESSIONS; index++) {
    await credits.connect(consumer).buyAndOpen(offering, joulemint.signer, salt(index), THOUSAND_CREDITS);
    sessions.push(await credits.sessionId(id, consumer, joulemint.signer, salt(index)));
  }
  let used = 0n;
  /** What the settler sends for the first `count` sessions: rows with a receipts head, the release included. */
  const settle = async (count: number) => {
    used += STEP;
    const vouchers = sessions
      .slice(0, count)
      .map((session, index) => joulemint.voucher(session, used, ethers.id(`head ${index} ${used}`)));
    const rows = ethers.concat(await Promise.all(vouchers));
    return credits.connect(operator).settleAndRelease(offering, rows, ethers.id(`root ${used}`));
  };

  const models = [shares];
  while (models.length < MODELS) {
    const holders = [
      [alice, bob],
      [600_000n, 400_000n],
    ] as const;
    models.push(await ethers.deployContract("Shares", ["Model", "M", token, modelOwner, ...holders]));
  }
  /** Revenue for the models beside the first, which earns what is settled. */
  const earn = async () => {
    for (const model of models.slice(1)) {
      await token.mint(model, REVENUE);
      await model.accrue();
    }
  };

  await earn();
  await settle(SESSIONS);
  for (const model of models) for (const holder of [alice, bob]) await model.claim(holder);
  await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
  for (const [holder, delegate] of [
    [carol, carolsDelegate],
    [dave, davesDelegate],
  ]) {
    await shares.connect(alice).transfer(holder, 1_000n);
    await shares.connect(holder).delegate(delegate);
  }
  await shares.connect(carol).transfer(dave, 1n);

  const claims = await ethers.deployContract("Claims");
  return { ...joulemint, offering, id, models, claims, carol, dave, sessions, salt, settle, earn, use: () => used };
}
