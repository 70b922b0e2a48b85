import { dataLength, type Provider } from "ethers";
import { codeSize } from "./initCode.ts";

/** One transaction of a deployment, which is sent only if what it does is not done yet. */
export interface Step {
  /** An identifier, for Ignition's journal. */
  readonly name: string;
  readonly to: string;
  readonly data: string;
  /** Contracts that must stand before the deployment begins, by what a reader calls them. */
  readonly needs: Addresses;
  /** The only account that may send it, if not anybody. */
  readonly sender?: string;
  /** More gas than it takes. */
  readonly gas: bigint;
  readonly isDone: (chain: Provider) => Promise<boolean>;
}

/** What ends up where. */
export type Addresses = Readonly<Record<string, string>>;

export async function hasCode(chain: Provider, address: string): Promise<boolean> {
  return (await chain.getCode(address)) !== "0x";
}

/**
 * More gas than a transaction takes, known before those that it builds on were sent: for its data, for the code of
 * `contracts` and the slots that it stores, and for what it does besides.
 */
export function gasBound(data: string, contracts: readonly string[], newSlots = 0): bigint {
  const code = contracts.reduce((sum, contract) => sum + codeSize(contract), 0);
  return BigInt(300_000 + 17 * dataLength(data) + 200 * code + 25_000 * newSlots);
}
