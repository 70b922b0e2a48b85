import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
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
import { encodedTypes } from "../testing/eip712Types.ts";
import { MESSAGES_NOT_DESCRIBED, NOT_DESCRIBED } from "../testing/notDescribed.ts";
import { productContracts } from "../testing/productContracts.ts";
import { unknownKeys } from "../testing/unknownKeys.ts";

const root = join(import.meta.dirname, "..");
const names = readdirSync(join(root, "erc7730"))
  .filter((file) => file.endsWith(".json"))
  .map((file) => basename(file, ".json"));

/** Types of values that each format shows, the parameters that it needs, and others that it may have. */
const FORMATS: Readonly<Record<string, { type: RegExp; params: readonly string[]; more?: readonly string[] }>> = {
  raw: { type: /./, params: [] },
  addressName: { type: /^address$/, params: ["types"] },
  amount: { type: /^uint/, params: [] },
  calldata: { type: /^bytes$/, params: ["calleePath", "amountPath"] },
  tokenAmount: { type: /^uint/, params: ["tokenPath"], more: ["threshold", "message"] },
  unit: { type: /^uint/, params: ["base"], more: ["decimals"] },
  duration: { type: /^uint/, params: [] },
  date: { type: /^uint/, params: ["encoding"] },
  enum: { type: /^uint8$/, params: ["$ref"] },
};

/** Types of values to which a path in the parameters of a format leads. */
const PATHS = { tokenPath: /^address$/, calleePath: /^address$/, amountPath: /^uint256$/ } as const;

/** That every value is shown or hidden on purpose, once, in a format for its type. */
function checkFields(descriptor: Descriptor, fields: readonly Field[], values: Record<string, string>): void {
  const resolved = resolvedFields(descriptor, fields);
  expect(resolved.map(({ path }) => path).sort()).to.deep.equal(Object.keys(values).sort());
  expect(resolved.length === 0 || resolved.some(({ visible }) => visible === undefined)).to.equal(true, "all hidden");
  for (const { path, label, format = "", visible, params = {} } of resolved) {
    const { type, params: needed, more = [] } = FORMATS[format] ?? expect.fail(`${path} has the format ${format}`);
    expect(values[path]).to.match(type, `${path} as ${format}`);
    expect(Object.keys(params), path).to.include.members(needed);
    expect([...needed, ...more], path).to.include.members(Object.keys(params));
    expect(label).to.match(/\S/);
    // A date of 0 is none, and so is an amount.
    if (typeof visible === "object") {
      expect(format).to.be.oneOf(["date", "amount"]);
      expect(visible).to.deep.equal({ ifNotIn: [0] });
    } else expect(visible).to.be.oneOf([undefined, "never"]);
    for (const [name, target] of Object.entries(PATHS)) {
      const to = (params as Record<string, string>)[name];
      if (to !== undefined && to !== "@.to") expect(values[to.replace("#.", "")], `${path}, ${name}`).to.match(target);
    }
    if (typeof params.$ref === "string")
      expect(descriptor.metadata.enums).to.have.property(params.$ref.replace("$.metadata.enums.", ""));
  }
}

describe("clear signing", () => {
  for (const name of names) {
    it(`has in ${name} nothing that the schema does not know`, () => {
      const descriptor = readDescriptor(name);
      expect(descriptor.$schema).to.equal("https://eips.ethereum.org/assets/eip-7730/erc7730-v2.schema.json");
      expect(unknownKeys(descriptor)).to.deep.equal([]);
      expect(name).to.equal(
        `${descriptor.context.contract ? "calldata" : "eip712"}-${descriptor.metadata.contractName}`,
      );
    });
  }

  it("finds what the schema does not know, wherever it is", () => {
    const descriptor = readDescriptor("calldata-Pledge");
    const field = { path: "id", label: "Pledge", format: "raw", visibility: "never" };
    const formats = { "lend(bytes32 id)": { intent: "Lend", fields: [{ path: "o", fields: [field] }] } };
    expect(unknownKeys({ ...descriptor, display: { formats } })).to.deep.equal(["visibility of a field"]);
  });

  it("has calls of no contract that does not exist", () => {
    const described = names.filter((name) => name.startsWith("calldata-")).map((name) => name.slice(9));
    expect(productContracts.map((contract) => basename(contract))).to.include.members(described);
  });

  for (const path of productContracts) {
    const contract = basename(path);
    describe(`of calls of ${contract}`, () => {
      const descriptor = names.includes(`calldata-${contract}`) ? readDescriptor(`calldata-${contract}`) : undefined;
      const { formats } = descriptor?.display ?? { formats: {} };
      const functions = interfaceOf(path).fragments.filter(
        (fragment): fragment is FunctionFragment =>
          fragment.type === "function" && !("constant" in fragment && fragment.constant),
      );
      const left = (NOT_DESCRIBED[contract] ?? []).flatMap((reason) => reason.names);

      it("describes each function by its exact signature, or gives the reason why not", () => {
        const described = functions.filter(({ name }) => !left.includes(name));
        expect(Object.keys(formats).sort()).to.deep.equal(described.map(signatureOf).sort());
        expect(functions.map(({ name }) => name)).to.include.members(left);
      });

      for (const fragment of functions) {
        const format = formats[signatureOf(fragment)];
        if (!descriptor || !format) continue;
        it(`shows or hides every value of ${fragment.name}`, () => {
          expect(format.intent).to.match(/\S/);
          checkFields(descriptor, format.fields, valuesOfCall(fragment));
        });
      }
    });
  }

  describe("of messages", () => {
    const WITNESS =
      "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,";
    const types = encodedTypes.map((type) => (type.startsWith("Order witness)") ? WITNESS + type : type));
    const files = names.filter((name) => name.startsWith("eip712-")).map(readDescriptor);

    it("describes each that the contracts hash, by its exact type, or gives the reason why not", () => {
      const left = MESSAGES_NOT_DESCRIBED.flatMap((reason) => reason.names);
      const described = types.filter((type) => !left.some((name) => type.startsWith(`${name}(`)));
      expect(files.flatMap(({ display }) => Object.keys(display.formats)).sort()).to.deep.equal(described.sort());
      for (const name of left) expect(types.filter((type) => type.startsWith(`${name}(`))).to.have.lengthOf(1);
    });

    for (const descriptor of files) {
      const { contractName } = descriptor.metadata;
      const { name } = descriptor.context.eip712?.domain ?? {};
      if (productContracts.includes(contractName) && name !== undefined)
        it(`binds those of ${contractName} to its domain`, () => {
          expect(readFileSync(join(root, `contracts/${contractName}.sol`), "utf8")).to.contain(`("${name}"`);
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
