import { expect } from "chai";
import purchaseCost from "../../packages/economics/vectors/purchaseCost.json" with { type: "json" };
import rate from "../../packages/economics/vectors/rate.json" with { type: "json" };
import redemptionValue from "../../packages/economics/vectors/redemptionValue.json" with { type: "json" };
import releasedRevenue from "../../packages/economics/vectors/releasedRevenue.json" with { type: "json" };
import splitRevenue from "../../packages/economics/vectors/splitRevenue.json" with { type: "json" };
import { ethers, networkHelpers } from "../testing/chain.ts";

const deployHarness = () => ethers.deployContract("LibraryHarness");

describe("Vectors of packages/economics", () => {
  for (const { name, credits, pricePerMillion, cost } of purchaseCost)
    it(`purchaseCost: ${name}`, async () => {
      const harness = await networkHelpers.loadFixture(deployHarness);
      expect(await harness.purchaseCost(credits, pricePerMillion)).to.equal(BigInt(cost));
    });

  for (const { name, credits, pricePerMillion, amount } of redemptionValue)
    it(`redemptionValue: ${name}`, async () => {
      const harness = await networkHelpers.loadFixture(deployHarness);
      expect(await harness.redemptionValue(credits, pricePerMillion)).to.equal(BigInt(amount));
    });

  // Consumed credits release what redeeming them would have paid.
  for (const { name, consumed, pricePerMillion, released } of releasedRevenue)
    it(`releasedRevenue: ${name}`, async () => {
      const harness = await networkHelpers.loadFixture(deployHarness);
      expect(await harness.redemptionValue(consumed, pricePerMillion)).to.equal(BigInt(released));
    });

  for (const { name, released, holdersBps, treasuryBps, ...parts } of splitRevenue)
    it(`splitRevenue: ${name}`, async () => {
      const harness = await networkHelpers.loadFixture(deployHarness);
      expect(await harness.split(released, holdersBps, treasuryBps)).to.deep.equal([
        BigInt(parts.holders),
        BigInt(parts.treasury),
        BigInt(parts.operator),
      ]);
    });

  for (const { name, card, quantities, charge } of rate)
    it(`rate: ${name}`, async () => {
      const harness = await networkHelpers.loadFixture(deployHarness);
      const used: Readonly<Record<string, string>> = quantities;
      const meters = Object.keys(card).map((meter) => used[meter] ?? "0");
      expect(await harness.charge(Object.values(card), meters)).to.equal(BigInt(charge));
    });
});
