import type { ContractTransactionResponse } from "ethers";
import { ethers } from "../chain.ts";
import { THOUSAND_CREDITS } from "../deployJoulemint.ts";
import { authorize } from "../signedPayment.ts";
import { signCooperativeClose } from "../typedData.ts";
import { ANCHORS } from "./anchors.ts";
import { countNewSlots } from "./countNewSlots.ts";
import { deploySteadyState } from "./deploySteadyState.ts";
import type { GasFigure } from "./GasFigure.ts";
import { measureAnchors } from "./measureAnchors.ts";

/** What the operations cost in the steady state, and what they are compared with. */
export async function measureGas(): Promise<GasFigure[]> {
  const state = await deploySteadyState();
  const { token, credits, shares, models, offering, consumer, operator, alice, bob, signer } = state;
  const owner = credits.connect(consumer);
  const ours = await Promise.all([credits, ...models].map((contract) => contract.getAddress()));
  const anchors = await measureAnchors(token);

  const figures: GasFigure[] = [];
  const record = (op: string, costs: Pick<GasFigure, "gas" | "newSlots" | "tokenSlots">) => {
    const compared = ANCHORS.filter(({ gas }) => gas[op]).map(({ name, gas }) => [name, gas[op]?.(anchors)]);
    figures.push({ op, ...costs, token: "TestDollar", anchor: Object.fromEntries(compared) });
    return costs;
  };
  const measure = async (op: string, sent: ContractTransactionResponse) => {
    const receipt = await sent.wait();
    if (!receipt) throw new Error(`${op} was not mined`);
    return record(op, {
      gas: Number(receipt.gasUsed),
      newSlots: await countNewSlots(receipt.hash, ours),
      tokenSlots: await countNewSlots(receipt.hash, [await token.getAddress()]),
    });
  };

  const order = {
    owner: consumer.address,
    signer: signer.address,
    salt: ethers.id("another session"),
    credits: THOUSAND_CREDITS,
  };
  const payment = await authorize(state, order, { key: consumer, cost: 2_000n });
  await measure("buyAndOpen3009", await credits.connect(state.stranger).purchase(offering, order, payment));
  await measure("topUp", await owner.topUp(offering, consumer, signer, state.salt(0), THOUSAND_CREDITS));
  await measure("settle1", await state.settle(1));
  const few = await measure("settle10", await state.settle(10));
  await measure("settle100", await state.settle(100));
  const many = await measure("settle300", await state.settle(300));
  const perRow = (cost: "gas" | "newSlots" | "tokenSlots") => (many[cost] - few[cost]) / 290;
  record("settleMarginal", {
    gas: Math.round(perRow("gas")),
    newSlots: perRow("newSlots"),
    tokenSlots: perRow("tokenSlots"),
  });
  await measure("claim", await shares.connect(alice).claim(alice));
  await state.settle(100);
  await state.earn();
  await measure("claimFive", await state.claims.connect(alice).claimAll(models, alice));
  await measure("transferShares", await shares.connect(alice).transfer(bob, 1n));
  await measure("transferSharesDelegated", await shares.connect(state.carol).transfer(state.dave, 1n));
  await measure("redeem", await owner.redeem(offering, THOUSAND_CREDITS / 2n, consumer));
  const consent = await signCooperativeClose(operator, state.domain, state.sessions[0], state.use());
  await measure("closeRefund", await owner.close(offering, signer, state.salt(0), consumer, consent));
  return figures;
}
