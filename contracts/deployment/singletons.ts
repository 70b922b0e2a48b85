import { CREATE2_DEPLOYER, create2 } from "./create2.ts";
import { initCode } from "./initCode.ts";
import { type Addresses, gasBound, hasCode, type Step } from "./Step.ts";

/**
 * What every chain has once, in the order of deployment, each with the singletons that its constructor takes and what it
 * creates. Nothing else goes in, so that each has one address for all chains.
 */
const SINGLETONS = [
  { name: "Credits", takes: [], creates: ["credits/CreditMetadata"] },
  { name: "Claims", takes: [], creates: [] },
  { name: "ModelRegistry", takes: [], creates: [] },
  { name: "ShareVault", takes: [], creates: ["ShareBox"] },
  { name: "Crowdfund", takes: ["ShareVault"], creates: [] },
  { name: "Pledge", takes: ["ShareVault"], creates: [] },
  { name: "OperatorBond", takes: ["Credits"], creates: [] },
] as const;

/** The singletons of the contracts as they are compiled now. */
export function singletons(): { addresses: Addresses; steps: Step[] } {
  const addresses: Record<string, string> = {};
  const steps: Step[] = [];
  for (const { name, takes, creates } of SINGLETONS) {
    const args = takes.map((other) => addresses[other]);
    const { address, data } = create2(initCode(name, args));
    addresses[name] = address;
    steps.push({
      name,
      to: CREATE2_DEPLOYER,
      data,
      needs: { "the CREATE2 deployer": CREATE2_DEPLOYER },
      gas: gasBound(data, [name, ...creates]),
      isDone: (chain) => hasCode(chain, address),
    });
  }
  return { addresses, steps };
}
