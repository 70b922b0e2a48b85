import { type AstNode, descendants } from "./ast.ts";
import type { Compiler, ContractName } from "./Compiler.ts";
import { findMutants, type Mutant } from "./findMutants.ts";

/** A contract whose mistakes the tests must find. */
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
    contracts: [
      "contracts/Credits.sol:Credits",
      "contracts/credits/CreditMetadata.sol:CreditMetadata",
      "contracts/test/LibraryHarness.sol:LibraryHarness",
    ],
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

const isOurs = (file: string) => file.startsWith("contracts/") && !file.startsWith("contracts/interfaces/");

/** All mutants of a subject and of what it is made of, libraries included. */
export function mutantsOf({ file }: Subject, compiler: Compiler): Mutant[] {
  const trees = [...compiler.trees([file])];
  const nodes = trees.flatMap(([, tree]) => [...descendants(tree)]);
  const declarations = new Map<unknown, AstNode>(nodes.map((node) => [node.id, node]));
  return trees
    .filter(([name]) => isOurs(name))
    .flatMap(([name, tree]) => findMutants(name, compiler.read(name), tree, declarations));
}
