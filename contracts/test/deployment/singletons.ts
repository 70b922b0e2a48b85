import { execFile } from "node:child_process";
import { glob, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { expect } from "chai";
import { network } from "hardhat";
import { deploy, stepsLeft } from "../../deployment/deploy.ts";
import { singletons } from "../../deployment/singletons.ts";
import Singletons from "../../ignition/modules/Singletons.ts";
import { putCanonicalDeployer } from "../../testing/canonicalDeployer.ts";
import { refusal } from "../../testing/refusal.ts";

const SCRIPT = new URL("../../scripts/deploy.ts", import.meta.url).pathname;
const { addresses, steps } = singletons();

/** An empty chain of its own, with the canonical deployer. */
async function emptyChain() {
  const connection = await network.create();
  await putCanonicalDeployer(connection.ethers.provider);
  return connection;
}

const codeAt = ({ ethers }: Awaited<ReturnType<typeof emptyChain>>) =>
  Promise.all(Object.values(addresses).map((address) => ethers.provider.getCode(address)));

describe("deployment of the singletons", () => {
  it("knows all contracts that a chain has once", () => {
    expect(Object.keys(addresses)).to.have.members([
      "Credits",
      "Claims",
      "ModelRegistry",
      "ShareVault",
      "Crowdfund",
      "Pledge",
      "OperatorBond",
    ]);
  });

  it("ends with code at every address, wired to each other", async () => {
    const connection = await emptyChain();
    await deploy(connection, "Singletons", steps);
    expect(await codeAt(connection)).not.to.include("0x");
    const at = (name: string) => connection.ethers.getContractAt(name, addresses[name] ?? "");
    expect(await (await at("Crowdfund")).vault()).to.equal(addresses.ShareVault);
    expect(await (await at("Pledge")).vault()).to.equal(addresses.ShareVault);
    expect(await (await at("OperatorBond")).credits()).to.equal(addresses.Credits);
  });

  it("gives the same addresses from another account", async () => {
    const connection = await emptyChain();
    const [, other] = await connection.ethers.getSigners();
    for (const { to, data } of steps) await other.sendTransaction({ to, data });
    expect(await codeAt(connection)).not.to.include("0x");
  });

  it("is a module that Ignition deploys on an empty chain", async () => {
    const connection = await emptyChain();
    await connection.ignition.deploy(Singletons);
    expect(await stepsLeft(connection, steps)).to.deep.equal([]);
  });

  it("sends nothing twice, and what is missing later", async () => {
    const connection = await emptyChain();
    const [sender] = await connection.ethers.getSigners();
    await deploy(connection, "Singletons", steps.slice(0, 2));
    await deploy(connection, "Singletons", steps);
    expect(await sender.getNonce()).to.equal(steps.length);
    await deploy(connection, "Singletons", steps);
    expect(await sender.getNonce()).to.equal(steps.length);
  });

  it("knows how much gas each step takes at most", async () => {
    const connection = await emptyChain();
    const [sender] = await connection.ethers.getSigners();
    for (const step of steps) {
      const receipt = await (await sender.sendTransaction({ to: step.to, data: step.data })).wait();
      const used = receipt?.gasUsed ?? 0n;
      expect(step.gas).to.be.within(used, used + 600_000n, step.name);
    }
  });

  it("says that the chain has no CREATE2 deployer", async () => {
    const connection = await network.create();
    expect(await refusal(deploy(connection, "Singletons", steps))).to.contain("the CREATE2 deployer is missing");
  });

  it("says how much ether is missing, before it sends anything", async () => {
    const connection = await emptyChain();
    const [sender] = await connection.ethers.getSigners();
    await connection.networkHelpers.setBalance(sender.address, 1n);
    expect(await refusal(deploy(connection, "Singletons", steps))).to.match(
      /needs up to 0\.\d+ ether .* has 0\.000000000000000001/,
    );
    expect(await sender.getNonce()).to.equal(0);
  });

  describe("by `npm run deploy`, to a node on this machine", () => {
    it("prints in a dry run what it then does", async () => {
      const server = await network.createServer();
      const { port } = await server.listen();
      const url = `http://127.0.0.1:${port}`;
      const connection = await network.create({ network: "remote", override: { url } });
      const run = (...args: string[]) => promisify(execFile)(process.execPath, [SCRIPT, "--rpc", url, ...args]);
      try {
        expect(await refusal(run("--dry-run"))).to.contain("the CREATE2 deployer is missing");
        await putCanonicalDeployer(connection.ethers.provider);
        const { stdout: planned } = await run("--dry-run");
        for (const [name, address] of Object.entries(addresses))
          expect(planned).to.match(new RegExp(`${name} +${address}`));
        expect(planned.match(/to send/g)).to.have.length(steps.length);
        expect((await codeAt(connection)).every((code) => code === "0x")).to.equal(true);

        await run();
        expect(await codeAt(connection)).not.to.include("0x");
        expect((await run("--dry-run")).stdout).not.to.contain("to send");
      } finally {
        await connection.close();
        await server.close();
        for await (const journal of glob("ignition/deployments/Singletons-31337-*"))
          await rm(journal, { recursive: true });
      }
    });
  });
});
