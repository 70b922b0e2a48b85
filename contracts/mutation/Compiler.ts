import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import solc from "solc";
import type { AstNode } from "./ast.ts";

interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>;
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { readonly evm: { readonly bytecode: { readonly object: string } } }>>>
  >;
}

/** Where a contract is defined, as `file:name`. */
export type ContractName = `${string}:${string}`;

const PACKAGES = createRequire(import.meta.url);
const COMMON = { evmVersion: "cancun", metadata: { bytecodeHash: "none", appendCBOR: false } };

/** The settings that contracts are deployed with: slow to compile. */
export const DEPLOYED = { viaIR: true, optimizer: { enabled: true, runs: 1_000_000 } };
/** The fastest first. What is too deep for the stack without the optimizer's pipeline goes through that. */
const FAST = [{ optimizer: { enabled: false } }, { viaIR: true, optimizer: { enabled: false } }];

/** solc in this process, which compiles one changed file with what it needs and nothing else. */
export class Compiler {
  readonly #root: string;
  readonly #files = new Map<string, string>();

  /** @param root The folder that file names are relative to. */
  constructor(root: string) {
    this.#root = root;
  }

  read(file: string): string {
    const path = file.startsWith("@") ? PACKAGES.resolve(file) : resolve(this.#root, file);
    const content = this.#files.get(file) ?? readFileSync(path, "utf8");
    this.#files.set(file, content);
    return content;
  }

  /** The syntax trees of files and of all that they import. */
  trees(files: readonly string[]): Map<string, AstNode> {
    const { sources, errors } = this.#compile(files, {}, { "*": { "": ["ast"] } });
    const failure = errors?.find(({ severity }) => severity === "error");
    if (failure) throw new Error(failure.formattedMessage);
    return new Map(Object.entries(sources).map(([file, { ast }]) => [file, ast]));
  }

  /** Creation code by the contracts' names, or nothing if a changed file does not compile. */
  compile(
    contracts: readonly ContractName[],
    changed: Readonly<Record<string, string>> = {},
    settings?: object,
  ): Record<string, string> | undefined {
    const names = contracts.map((contract) => contract.split(":") as [file: string, name: string]);
    const files = [...new Set(names.map(([file]) => file))];
    const selection = Object.fromEntries(names.map(([file, name]) => [file, { [name]: ["evm.bytecode.object"] }]));
    for (const tried of settings ? [settings] : FAST) {
      const output = this.#compile(files, changed, selection, tried);
      const failures = output.errors?.filter(({ severity }) => severity === "error") ?? [];
      if (failures.length === 0) {
        return Object.fromEntries(
          names.map(([file, name]) => [name, `0x${output.contracts?.[file]?.[name]?.evm.bytecode.object}`]),
        );
      }
      if (!failures.some(({ formattedMessage }) => formattedMessage.includes("Stack too deep"))) return undefined;
    }
    return undefined;
  }

  #compile(
    files: readonly string[],
    changed: Readonly<Record<string, string>>,
    outputSelection: object,
    settings = {},
  ): Output {
    const content = (file: string) => changed[file] ?? this.read(file);
    const input = {
      language: "Solidity",
      sources: Object.fromEntries(files.map((file) => [file, { content: content(file) }])),
      settings: { ...COMMON, ...settings, outputSelection },
    };
    const imported = (file: string) => ({ contents: content(file) });
    return JSON.parse(solc.compile(JSON.stringify(input), { import: imported })) as Output;
  }
}
