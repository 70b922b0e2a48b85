import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { concat, dataLength, Interface, type InterfaceAbi } from "ethers";

interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
  readonly deployedBytecode: string;
}

/** A compiled contract, by its path below the folder of contracts. Throws if it was not compiled yet. */
function artifact(contract: string): Artifact {
  const file = new URL(`../artifacts/contracts/${contract}.sol/${basename(contract)}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Artifact;
}

export function interfaceOf(contract: string): Interface {
  return new Interface(artifact(contract).abi);
}

export function bytecodeOf(contract: string): string {
  return artifact(contract).bytecode;
}

/** Bytes of a contract's code on the chain. */
export function codeSize(contract: string): number {
  return dataLength(artifact(contract).deployedBytecode);
}

/** What creates a contract: its code with the constructor's arguments. */
export function initCode(contract: string, args: readonly unknown[]): string {
  const { abi, bytecode } = artifact(contract);
  return concat([bytecode, new Interface(abi).encodeDeploy(args)]);
}
