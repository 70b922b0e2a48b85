import type { ContractName } from "./Compiler.ts";

/** A contract whose mistakes the tests must find, with the libraries that carry its logic. */
export interface Subject {
  readonly name: string;
  readonly file: string;
  /** What tests deploy of it. */
  readonly contracts: readonly ContractName[];
  /** The folder of its own tests. */
  readonly tests: string;
}

export const SUBJECTS: readonly Subject[] = [
  {
    name: "Credits",
    file: "contracts/Credits.sol",
    contracts: ["contracts/Credits.sol:Credits", "contracts/test/LibraryHarness.sol:LibraryHarness"],
    tests: "test/",
  },
  {
    name: "Shares",
    file: "contracts/Shares.sol",
    contracts: ["contracts/Shares.sol:Shares"],
    tests: "test/shares/",
  },
  {
    name: "ShareVault",
    file: "contracts/ShareVault.sol",
    contracts: ["contracts/ShareVault.sol:ShareVault"],
    tests: "test/vault/",
  },
];
