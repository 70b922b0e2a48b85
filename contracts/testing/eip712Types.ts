import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { TypedDataField } from "ethers";

const folder = join(import.meta.dirname, "../contracts");
const { resolve } = createRequire(import.meta.url);

/** Our contracts, and those of OpenZeppelin from which they inherit messages. */
const sources = [
  ...globSync("**/*.sol", { cwd: folder })
    .filter((file) => !file.startsWith("test/"))
    .map((file) => join(folder, file)),
  ...[
    "governance/Governor",
    "governance/utils/Votes",
    "token/ERC20/extensions/ERC20Permit",
    "token/ERC20/extensions/draft-ERC3009",
  ].map((name) => resolve(`@openzeppelin/contracts/${name}.sol`)),
];

/** A source in which a text that goes over several lines is one. */
const read = (file: string) => readFileSync(file, "utf8").replaceAll(/"\n\s*"/g, "");

/** Every text between quotes in the contracts that defines an EIP-712 type, once: what `encodeType` gives. */
export const encodedTypes: readonly string[] = [
  ...new Set(
    sources.flatMap((file) => [...read(file).matchAll(/"([A-Z]\w*[ (][^"]*\))"/g)].map(([, type = ""]) => type)),
  ),
];

/** A type without inner structs, as ethers takes it: Solidity says what its fields are. */
export function eip712Types(name: string): Record<string, TypedDataField[]> {
  const encoded = encodedTypes.find((type) => type.startsWith(`${name}(`));
  if (encoded === undefined) throw new Error(`no contract defines the type ${name}`);
  const fields = encoded.slice(name.length + 1, -1).split(",");
  return {
    [name]: fields.map((field) => {
      const [type = "", member = ""] = field.split(" ");
      return { name: member, type };
    }),
  };
}
