import { expect } from "chai";
import { network } from "hardhat";
import Joulemint from "../ignition/modules/Joulemint.ts";

describe("Ignition module", () => {
  it("deploys the test dollar and the credits", async () => {
    const { ignition } = await network.create();
    const { credits, testDollar } = await ignition.deploy(Joulemint);
    expect(await testDollar.symbol()).to.equal("tUSD");
    expect((await credits.eip712Domain()).name).to.equal("Joulemint Credits");
  });
});
