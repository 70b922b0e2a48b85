import type { AddressLike, ContractTransaction } from "ethers";
import { artifacts } from "hardhat";
import { ethers, networkHelpers } from "./chain.ts";
import { deployJoulemint } from "./deployJoulemint.ts";

const HOUR = 3_600n;
const DAY = 24n * HOUR;

/** 1,000,000 shares exist: a proposer needs 1 % of them, and a quorum is 25 %. */
export const SETTINGS = {
  votingDelay: HOUR,
  votingPeriod: DAY,
  lateQuorumExtension: 6n * HOUR,
  proposalThreshold: 10_000n,
  quorumPercent: 25n,
  timelockDelay: 2n * DAY,
};

export const FOR = 1n;

/** What a proposal would do: `contract.method.populateTransaction(...)`. */
export type Call = Pick<ContractTransaction, "to" | "data">;

/**
 * The model of `deployJoulemint` in the hands of its DAO, part by part: the shares exist, the governor is created with
 * its timelock, the founder hands the shares over, anybody registers. Alice (60 %) and bob (40 %) vote for themselves.
 */
export async function deployDao() {
  const joulemint = await deployJoulemint();
  const { shares, modelOwner, stranger, alice, bob } = joulemint;
  const registry = await ethers.deployContract("ModelRegistry");
  const { bytecode } = await artifacts.readArtifact("ModelGovernor");

  /** Creates a governor that votes with `model`, as the founder. */
  const createGovernor = async (model: AddressLike = shares, salt = ethers.ZeroHash, settings = SETTINGS) => {
    const arguments_ = [model, settings, salt, bytecode] as const;
    const address = await registry.connect(modelOwner).createGovernor.staticCall(...arguments_);
    await registry.connect(modelOwner).createGovernor(...arguments_);
    const created = await ethers.getContractAt("ModelGovernor", address);
    return { governor: created, timelock: await ethers.getContractAt("ModelTimelock", await created.timelock()) };
  };

  const { governor, timelock } = await createGovernor();
  const governorAddress = await governor.getAddress();
  await shares.connect(modelOwner).transferOwnership(timelock);
  await registry.connect(stranger).register(shares, governor);
  for (const holder of [alice, bob]) await shares.connect(holder).delegate(holder);
  await networkHelpers.mine();

  /** Steps of a proposal of alice's, and its id. */
  const propose = async (calls: readonly Call[], description: string, proposer = alice) => {
    const targets = calls.map(({ to }) => to);
    const values = calls.map(() => 0n);
    const data = calls.map((call) => call.data);
    const hash = ethers.id(description);
    await governor.connect(proposer).propose(targets, values, data, description);
    const id = await governor.hashProposal(targets, values, data, hash);
    return {
      id,
      /** Waits until votes are counted. */
      open: async () => networkHelpers.time.increaseTo((await governor.proposalSnapshot(id)) + 1n),
      /** Waits until votes are no longer counted. */
      close: async () => networkHelpers.time.increaseTo((await governor.proposalDeadline(id)) + 1n),
      /** Waits until what is queued may be executed. */
      mature: async () => networkHelpers.time.increaseTo(await governor.proposalEta(id)),
      queue: () => governor.queue(targets, values, data, hash),
      execute: () => governor.execute(targets, values, data, hash),
      cancel: () => governor.connect(proposer).cancel(targets, values, data, hash),
      /** What the timelock knows the proposal by. */
      operation: () => {
        const salt = ethers.toBeHex(BigInt(ethers.zeroPadBytes(governorAddress, 32)) ^ BigInt(hash), 32);
        return [targets, values, data, ethers.ZeroHash, salt] as const;
      },
    };
  };
  /** Lets alice propose and pass `calls`; what is returned executes them. */
  const pass = async (calls: readonly Call[], description: string) => {
    const proposal = await propose(calls, description);
    await proposal.open();
    await governor.connect(alice).castVote(proposal.id, FOR);
    await proposal.close();
    await proposal.queue();
    await proposal.mature();
    return proposal.execute();
  };

  return { ...joulemint, registry, bytecode, createGovernor, governor, timelock, propose, pass };
}
