import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import type { FunctionFragment } from "ethers";
import { interfaceOf } from "../deployment/initCode.ts";
import {
  type Descriptor,
  type Field,
  readDescriptor,
  resolvedFields,
  signatureOf,
  valuesOfCall,
  valuesOfMessage,
} from "../testing/descriptor.ts";

/** Functions that no wallet shows in our words: machines call them, or every ERC-1155 and ERC-20 wallet knows them. */
const NOT_DESCRIBED = {
  Credits: [
    "openFor",
    "settle",
    "release",
    "settleAndRelease",
    "safeTransferFrom",
    "safeBatchTransferFrom",
    "setApprovalForAll",
  ],
  Shares: ["accrue", "delegateBySig", "permit", "transferFrom", "renounceOwnership"],
} as const;

/** Types of values that each format shows, and the parameters that it needs. */
const FORMATS: Readonly<Record<string, { type: RegExp; params: readonly string[] }>> = {
  raw: { type: /./, params: [] },
  addressName: { type: /^address$/, params: ["types"] },
  tokenAmount: { type: /^uint/, params: ["tokenPath"] },
  unit: { type: /^uint/, params: ["base", "decimals"] },
  duration: { type: /^uint/, params: [] },
  date: { type: /^uint/, params: ["encoding"] },
  enum: { type: /^uint8$/, params: ["$ref"] },
};

/** Every text between quotes in the contracts that defines an EIP-712 type. */
function typesInContracts(): string[] {
  const folder = new URL("../contracts/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol") && !file.startsWith("test/"))
    .map((file) => new URL(file, folder));
  return files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/"([A-Z]\w*[ (][^"]*\))"/g)].map(([, t]) => t),
  );
}

/** That every value is shown or hidden on purpose, once, in a format for its type. */
function checkFields(descriptor: Descriptor, fields: readonly Field[], values: Record<string, string>): void {
  const resolved = resolvedFields(descriptor, fields);
  expect(resolved.map(({ path }) => path).sort()).to.deep.equal(Object.keys(values).sort());
  expect(resolved.some(({ visible }) => visible === undefined)).to.equal(true, "something is shown");
  for (const { path, label, format = "", visible, params = {} } of resolved) {
    const { type, params: needed } = FORMATS[format] ?? expect.fail(`${path} has the unknown format ${format}`);
    expect(values[path]).to.match(type, `${path} as ${format}`);
    for (const name of needed) expect(params, path).to.have.property(name);
    expect(label).to.match(/\S/);
    // A date of 0 is none.
    if (typeof visible === "object")
      expect({ format, visible }).to.deep.equal({ format: "date", visible: { ifNotIn: [0] } });
    else expect(visible).to.be.oneOf([undefined, "never"]);
    const { tokenPath, $ref } = params as { tokenPath?: string; $ref?: string };
    if (tokenPath !== undefined && tokenPath !== "@.to")
      expect(values[tokenPath.replace("#.", "")]).to.equal("address");
    if ($ref !== undefined) {
      expect(descriptor.metadata.enums).to.have.property($ref.replace("$.metadata.enums.", ""));
    }
  }
}

describe("clear signing", () => {
  for (const contract of ["Credits", "Shares"] as const) {
    describe(`of calls of ${contract}`, () => {
      const descriptor = readDescriptor(`calldata-${contract}`);
      const functions = interfaceOf(contract).fragments.filter(
        (fragment): fragment is FunctionFragment =>
          fragment.type === "function" && !("constant" in fragment && fragment.constant),
      );
      const described = functions.filter(({ name }) => !NOT_DESCRIBED[contract].some((other) => other === name));

      it("covers every function that a person calls, by its exact signature", () => {
        expect(Object.keys(descriptor.display.formats).sort()).to.deep.equal(described.map(signatureOf).sort());
      });

      for (const fragment of described) {
        it(`shows or hides every value of ${fragment.name}`, () => {
          const { intent, fields } =
            descriptor.display.formats[signatureOf(fragment)] ?? expect.fail("is not described");
          expect(intent).to.match(/\S/);
          checkFields(descriptor, fields, valuesOfCall(fragment.inputs));
        });
      }
    });
  }

  describe("of messages", () => {
    const WITNESS =
      "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,";
    const types = typesInContracts().map((type) => (type.startsWith("Order witness)") ? WITNESS + type : type));
    const messages = [
      { file: "eip712-Credits", names: ["Offering", "Voucher", "Open", "CooperativeClose"] },
      { file: "eip712-Permit2", names: ["PermitWitnessTransferFrom"] },
    ];

    for (const { file, names } of messages) {
      const descriptor = readDescriptor(file);
      it(`knows the messages ${names.join(", ")} as the contracts hash them`, () => {
        const expected = names.map((name) => types.find((type) => type.startsWith(`${name}(`)));
        expect(Object.keys(descriptor.display.formats)).to.deep.equal(expected);
      });

      for (const [type, { intent, fields }] of Object.entries(descriptor.display.formats)) {
        it(`shows or hides every value of ${type.slice(0, type.indexOf("("))}`, () => {
          expect(intent).to.match(/\S/);
          checkFields(descriptor, fields, valuesOfMessage(type));
        });
      }
    }
  });
});
