import { type ModelTerms, model } from "@joulemint/contracts/deployment/model";
import { modelGovernorAbi } from "@joulemint/protocol/generated/modelGovernor";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import {
  type Address,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type Hex,
  keccak256,
  stringToHex,
} from "viem";
import type { DeployedChain, Person } from "./deployedChain.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A power of two, so that what a share earns is exact and books can be checked with plain fractions. */
export const SUPPLY = 2n ** 20n;

const GOVERNANCE = {
  votingDelay: HOUR,
  votingPeriod: DAY,
  lateQuorumExtension: 6 * HOUR,
  proposalThreshold: String(SUPPLY / 100n),
  quorumPercent: 25,
  timelockDelay: 2 * DAY,
} satisfies ModelTerms["governance"];

const FOR = 1;

export type ModelDao = Awaited<ReturnType<typeof launchModel>>;

/** Something that a DAO may vote to do. */
export interface Call {
  readonly to: Address;
  readonly data: Hex;
}

export function callOf({ address, ...call }: EncodeFunctionDataParameters & { readonly address: Address }): Call {
  return { to: address, data: encodeFunctionData(call as EncodeFunctionDataParameters) };
}

/**
 * Deploys a model as `npm run deploy -- --model` does. The founder has all of its shares, and votes with them; its DAO
 * owns it from now on.
 */
export async function launchModel(chain: DeployedChain, founder: Person, name: string) {
  const { client } = chain;
  const { address } = founder.account;
  const { addresses, steps } = model({
    name,
    symbol: name.toUpperCase(),
    paymentToken: chain.dollar.address,
    founder: address,
    holders: { [address]: String(SUPPLY) },
    governance: GOVERNANCE,
  });
  for (const { to, data } of steps) await founder.sendTransactionSync({ to: to as Address, data: data as Hex });
  const shares = { address: addresses.Shares as Address, abi: sharesAbi } as const;
  const governor = { address: addresses.ModelGovernor as Address, abi: modelGovernorAbi } as const;
  const treasury = addresses.ModelTimelock as Address;
  chain.name(shares.address, `${name} shares`);
  chain.name(treasury, `${name} treasury`);
  await founder.writeContractSync({ ...shares, functionName: "delegate", args: [address] });
  // Votes count for what comes after them.
  await chain.wait(1);

  const propose = async (calls: readonly Call[], description: string) => {
    const all = [calls.map(({ to }) => to), calls.map(() => 0n), calls.map(({ data }) => data)] as const;
    const hashed = [...all, keccak256(stringToHex(description))] as const;
    await founder.writeContractSync({ ...governor, functionName: "propose", args: [...all, description] });
    const id = await client.readContract({ ...governor, functionName: "hashProposal", args: hashed });
    await chain.wait(GOVERNANCE.votingDelay + 1);
    return { id, hashed };
  };

  return {
    shares,
    governor,
    /** The timelock: owner of the model, and of what its DAO earns and holds. */
    treasury,
    /** Has something voted on: from now on votes are counted. */
    propose,
    /** Proposes, votes for, queues and executes calls of the DAO. */
    async pass(description: string, ...calls: Call[]) {
      const { id, hashed } = await propose(calls, description);
      await founder.writeContractSync({ ...governor, functionName: "castVote", args: [id, FOR] });
      await chain.wait(GOVERNANCE.votingPeriod);
      await founder.writeContractSync({ ...governor, functionName: "queue", args: hashed });
      await chain.wait(GOVERNANCE.timelockDelay);
      await founder.writeContractSync({ ...governor, functionName: "execute", args: hashed });
    },
  };
}
