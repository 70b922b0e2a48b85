import { expect } from "chai";
import { network } from "hardhat";
import { deploy, stepsLeft } from "../../deployment/deploy.ts";
import { model } from "../../deployment/model.ts";
import { singletons } from "../../deployment/singletons.ts";
import { putCanonicalDeployer } from "../../testing/canonicalDeployer.ts";
import { refusal } from "../../testing/refusal.ts";

/** A chain with the singletons and a payment token, and the terms of a model whose founder deploys it. */
async function chainWithTerms() {
  const connection = await network.create();
  await putCanonicalDeployer(connection.ethers.provider);
  const { ethers } = connection;
  const [founder, alice, stranger] = await ethers.getSigners();
  const token = await ethers.deployContract("TestDollar");
  await deploy(connection, "Singletons", singletons().steps);
  const terms = {
    name: "Model One",
    symbol: "ONE",
    paymentToken: await token.getAddress(),
    founder: founder.address,
    holders: { [founder.address]: "600000", [alice.address]: "400000" },
    governance: {
      votingDelay: 3_600,
      votingPeriod: 86_400,
      lateQuorumExtension: 21_600,
      proposalThreshold: "10000",
      quorumPercent: 25,
      timelockDelay: 172_800,
    },
  };
  const { addresses, steps } = model(terms);
  return { connection, ethers, founder, alice, stranger, terms, addresses, steps };
}

describe("deployment of a model", () => {
  it("leaves it in the hands of its DAO, at the addresses that were planned", async () => {
    const { connection, ethers, terms, addresses, steps, alice } = await chainWithTerms();
    await deploy(connection, "Model", steps);
    const shares = await ethers.getContractAt("Shares", addresses.Shares ?? "");
    expect(await shares.owner()).to.equal(addresses.ModelTimelock);
    expect(await shares.balanceOf(alice)).to.equal(terms.holders[alice.address]);
    const registry = await ethers.getContractAt("ModelRegistry", singletons().addresses.ModelRegistry ?? "");
    expect(await registry.verify(shares)).to.deep.equal([addresses.ModelGovernor, addresses.ModelTimelock]);
  });

  it("can be interrupted after every step, and done again", async () => {
    const { connection, founder, steps } = await chainWithTerms();
    for (let count = 1; count <= steps.length; count++) {
      await deploy(connection, "Model", steps.slice(0, count));
      expect(await stepsLeft(connection, steps)).to.have.length(steps.length - count);
    }
    const nonce = await founder.getNonce();
    await deploy(connection, "Model", steps);
    expect(await founder.getNonce()).to.equal(nonce);
  });

  it("is what it was planned to be, whoever sends what anybody may send", async () => {
    const { connection, founder, stranger, steps } = await chainWithTerms();
    for (const step of steps) {
      const sender = step.sender === undefined ? stranger : founder;
      await sender.sendTransaction({ to: step.to, data: step.data });
    }
    expect(await stepsLeft(connection, steps)).to.deep.equal([]);
  });

  it("knows how much gas each step takes at most", async () => {
    const { founder, steps } = await chainWithTerms();
    for (const step of steps) {
      const receipt = await (await founder.sendTransaction({ to: step.to, data: step.data })).wait();
      const used = receipt?.gasUsed ?? 0n;
      expect(step.gas).to.be.within(used, used + 600_000n, step.name);
    }
  });

  it("says who must send it", async () => {
    const { connection, terms, stranger, founder } = await chainWithTerms();
    const { steps } = model({ ...terms, founder: stranger.address });
    expect(await refusal(deploy(connection, "Model", steps))).to.contain(
      `only ${stranger.address} can send transferOwnership, and this is ${founder.address}`,
    );
  });

  it("says that the payment token is missing", async () => {
    const { connection, terms, stranger } = await chainWithTerms();
    const { steps } = model({ ...terms, paymentToken: stranger.address });
    expect(await refusal(deploy(connection, "Model", steps))).to.contain("the payment token is missing");
  });

  it("says that the registry is missing", async () => {
    const { terms } = await chainWithTerms();
    const connection = await network.create();
    await putCanonicalDeployer(connection.ethers.provider);
    const token = await connection.ethers.deployContract("TestDollar");
    const { steps } = model({ ...terms, paymentToken: await token.getAddress() });
    expect(await refusal(deploy(connection, "Model", steps))).to.contain("the model registry is missing");
  });
});
