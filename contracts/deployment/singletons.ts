import { CREATE2_DEPLOYER, create2 } from "./create2.ts";
import { initCode } from "./initCode.ts";
import { type Addresses, gasBound, hasCode, type Step } from "./Step.ts";

/**
 * What every chain has once, in the order of deployment, each with the singletons that its constructor takes. Nothing
 * else goes in, so that each has one address for all chains.
 */
const SINGLETONS = [
  { name: "Credits", takes: [] },
  { name: "Claims", takes: [] },
  { name: "ModelRegistry", takes: [] },
  { name: "ShareVault", takes: [] },
  { name: "Crowdfund", takes: ["ShareVault"] },
  { name: "Pledge", takes: ["ShareVault"] },
  { name: "OperatorBond", takes: ["Credits"] },
] as const;

/** The singletons of the contracts as they are compiled now. */
export function singletons(): { addresses: Addresses; steps: Step[] } {
  const addresses: Record<string, string> = {};
  const steps: Step[] = [];
  for (const { name, takes } of SINGLETONS) {
    const args = takes.map((other) => addresses[other]);
    const { address, data } = create2(initCode(name, args));
    addresses[name] = address;
    steps.push({
      name,
      to: CREATE2_DEPLOYER,
      data,
      needs: { "the CREATE2 deployer": CREATE2_DEPLOYER },
      gas: gasBound(data, [name]),
      isDone: (chain) => hasCode(chain, address),
    });
  }
  return { addresses, steps };
}
