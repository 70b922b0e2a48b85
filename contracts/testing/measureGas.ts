import type { ContractTransactionResponse } from "ethers";
import { ethers } from "./chain.ts";
import { countNewSlots } from "./countNewSlots.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "./deployJoulemint.ts";
import { authorize } from "./signedPayment.ts";
import { signCooperativeClose } from "./typedData.ts";

export interface GasFigure {
  readonly op: string;
  /** Gas of the whole transaction, its intrinsic gas and calldata included; for `settleMarginal`, of one more row. */
  readonly gas: number;
  /** Storage slots, in any contract, that the transaction filled for the first time. */
  readonly newSlots: number;
}

const SESSIONS = 100;
const STEP = 1_000n;

/**
 * What the operations cost in the steady state: everybody has paid, been paid and settled before, so that new slots are
 * only those that an operation needs each time. Rows carry a receipts head; settling includes the release.
 */
export async function measureGas(): Promise<GasFigure[]> {
  const joulemint = await deployJoulemint();
  const { token, credits, shares, offering, consumer, operator, alice, bob, signer, domain } = joulemint;
  const contracts = await Promise.all([token, credits, shares].map((contract) => contract.getAddress()));
  const owner = credits.connect(consumer);
  const salt = (index: number) => ethers.toBeHex(index, 32);

  const figures: GasFigure[] = [];
  const measure = async (op: string, sent: ContractTransactionResponse) => {
    const receipt = await sent.wait();
    if (!receipt) throw new Error(`${op} was not mined`);
    const figure = { op, gas: Number(receipt.gasUsed), newSlots: await countNewSlots(receipt.hash, contracts) };
    figures.push(figure);
    return figure;
  };

  const sessions: string[] = [];
  for (let index = 0; index < SESSIONS; index++)
    sessions.push(await joulemint.openSession(THOUSAND_CREDITS, salt(index)));
  let used = 0n;
  const settle = async (count: number) => {
    used += STEP;
    const vouchers = sessions
      .slice(0, count)
      .map((session, index) => joulemint.voucher(session, used, ethers.id(`head ${index} ${used}`)));
    const rows = ethers.concat(await Promise.all(vouchers));
    return credits.connect(operator).settleAndRelease(offering, rows, ethers.id(`root ${used}`));
  };
  await settle(SESSIONS);
  await shares.claim(alice);
  await shares.claim(bob);
  await owner.buy(offering, THOUSAND_CREDITS, consumer);

  const order = {
    owner: consumer.address,
    signer: signer.address,
    salt: salt(SESSIONS + 1),
    credits: THOUSAND_CREDITS,
  };
  const payment = await authorize(joulemint, order, { key: consumer, cost: 2_000n });
  const relayer = credits.connect(joulemint.stranger);
  await measure("buyAndOpen3009", await relayer.purchase(offering, order, payment));
  await measure("buyAndOpen", await owner.buyAndOpen(offering, signer, salt(SESSIONS), THOUSAND_CREDITS));
  await measure("topUp", await owner.topUp(offering, consumer, signer, salt(0), THOUSAND_CREDITS));
  await measure("settle1", await settle(1));
  const ten = await measure("settle10", await settle(10));
  const hundred = await measure("settle100", await settle(100));
  figures.push({
    op: "settleMarginal",
    gas: Math.round((hundred.gas - ten.gas) / 90),
    newSlots: (hundred.newSlots - ten.newSlots) / 90,
  });
  await measure("claim", await shares.connect(alice).claim(alice));
  await measure("transferShares", await shares.connect(alice).transfer(bob, 1n));
  await measure("redeem", await owner.redeem(offering, THOUSAND_CREDITS / 2n, consumer));
  const consent = await signCooperativeClose(operator, domain, sessions[0], used);
  await measure("closeRefund", await owner.close(offering, signer, salt(0), consumer, consent));
  return figures;
}
