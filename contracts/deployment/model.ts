import { Contract, getCreate2Address, getCreateAddress, keccak256, type Provider, ZeroHash } from "ethers";
import { CREATE2_DEPLOYER, create2 } from "./create2.ts";
import { bytecodeOf, initCode, interfaceOf } from "./initCode.ts";
import { type Addresses, gasBound, hasCode, type Step } from "./Step.ts";
import { singletons } from "./singletons.ts";

/** A model and the DAO that will own it. Amounts are decimal strings: share units, of which a share has a million. */
export interface ModelTerms {
  readonly name: string;
  readonly symbol: string;
  readonly paymentToken: string;
  /** Who owns the shares until the DAO does: the sender of the deployment. */
  readonly founder: string;
  readonly holders: Readonly<Record<string, string>>;
  readonly governance: {
    readonly votingDelay: number;
    readonly votingPeriod: number;
    readonly lateQuorumExtension: number;
    readonly proposalThreshold: string;
    readonly quorumPercent: number;
    readonly timelockDelay: number;
  };
}

/**
 * A model in the hands of its DAO: shares, governor with timelock, the founder's ownership handed over, registration.
 * All addresses follow from the terms alone, so that doing any step again, by anybody, changes nothing.
 */
export function model(terms: ModelTerms): { addresses: Addresses; steps: Step[] } {
  const registry = singletons().addresses.ModelRegistry ?? "";
  const { name, symbol, paymentToken, founder, holders, governance } = terms;
  const [accounts, amounts] = [Object.keys(holders), Object.values(holders)];
  const shares = create2(initCode("Shares", [name, symbol, paymentToken, founder, accounts, amounts]));
  const governorCode = initCode("ModelGovernor", [shares.address, governance]);
  const governor = getCreate2Address(registry, ZeroHash, keccak256(governorCode));
  // The first contract that the governor creates.
  const timelock = getCreateAddress({ from: governor, nonce: 1 });

  const call = (contract: string, method: string, args: unknown[]) =>
    interfaceOf(contract).encodeFunctionData(method, args);
  const read = (chain: Provider, contract: string, at: string) => new Contract(at, interfaceOf(contract), chain);
  const creation = call("ModelRegistry", "createGovernor", [
    shares.address,
    governance,
    ZeroHash,
    bytecodeOf("ModelGovernor"),
  ]);
  const handover = call("Shares", "transferOwnership", [timelock]);
  const registration = call("ModelRegistry", "register", [shares.address, governor]);
  const steps: Step[] = [
    {
      name: "Shares",
      to: CREATE2_DEPLOYER,
      data: shares.data,
      needs: { "the CREATE2 deployer": CREATE2_DEPLOYER, "the payment token": paymentToken },
      gas: gasBound(shares.data, ["Shares"], 8 + 4 * accounts.length),
      isDone: (chain) => hasCode(chain, shares.address),
    },
    {
      name: "createGovernor",
      to: registry,
      data: creation,
      needs: { "the model registry": registry },
      gas: gasBound(creation, ["ModelGovernor", "ModelTimelock"], 24),
      isDone: (chain) => hasCode(chain, governor),
    },
    {
      name: "transferOwnership",
      to: shares.address,
      data: handover,
      needs: {},
      sender: founder,
      gas: gasBound(handover, []),
      isDone: async (chain) =>
        (await hasCode(chain, shares.address)) && (await read(chain, "Shares", shares.address).owner()) === timelock,
    },
    {
      name: "register",
      to: registry,
      data: registration,
      needs: {},
      gas: gasBound(registration, [], 1),
      isDone: async (chain) =>
        (await hasCode(chain, shares.address)) &&
        (await read(chain, "ModelRegistry", registry)
          .verify(shares.address)
          .then(
            () => true,
            () => false,
          )),
    },
  ];
  return { addresses: { Shares: shares.address, ModelGovernor: governor, ModelTimelock: timelock }, steps };
}
