import { formatEther } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { stepsModule } from "../ignition/stepsModule.ts";
import { hasCode, type Step } from "./Step.ts";

/** Says what keeps a deployment from being sent. */
export class DeploymentError extends Error {}

/** The steps that are not done on this chain, in their order. Fails with `DeploymentError` if what they need is not there. */
export async function stepsLeft(connection: NetworkConnection, steps: readonly Step[]): Promise<Step[]> {
  const { provider } = connection.ethers;
  const done = await Promise.all(steps.map((step) => step.isDone(provider)));
  const left = steps.filter((_, index) => !done[index]);
  for (const [what, address] of left.flatMap(({ needs }) => Object.entries(needs))) {
    if (!(await hasCode(provider, address))) {
      throw new DeploymentError(`${what} is missing on this chain: there is no code at ${address}`);
    }
  }
  return left;
}

/** Sends what is left of a deployment, by Ignition. Fails with `DeploymentError` before anything is sent, or not at all. */
export async function deploy(connection: NetworkConnection, id: string, steps: readonly Step[]): Promise<void> {
  const left = await stepsLeft(connection, steps);
  if (left.length === 0) return;
  const { provider } = connection.ethers;
  const [sender] = await connection.ethers.getSigners();
  if (sender === undefined) throw new DeploymentError("there is no account to send from");
  for (const step of left) {
    if (step.sender !== undefined && step.sender.toLowerCase() !== sender.address.toLowerCase()) {
      throw new DeploymentError(`only ${step.sender} can send ${step.name}, and this is ${sender.address}`);
    }
  }
  const { maxFeePerGas, gasPrice } = await provider.getFeeData();
  const cost = left.reduce((sum, step) => sum + step.gas, 0n) * (maxFeePerGas ?? gasPrice ?? 0n);
  const balance = await provider.getBalance(sender);
  if (balance < cost) {
    const [needed, held] = [formatEther(cost), formatEther(balance)];
    throw new DeploymentError(`${sender.address} needs up to ${needed} ether at the price of gas now, and has ${held}`);
  }

  // A local chain that began again has the id of the one before, and would be taken for deployed.
  const genesis = await provider.getBlock(0);
  const deploymentId = `${id}-${(await provider.getNetwork()).chainId}-${genesis?.hash?.slice(2, 10)}`;
  await connection.ignition.deploy(stepsModule(id, left), { deploymentId });
}
