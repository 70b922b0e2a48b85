import { readFileSync } from "node:fs";
import type { FunctionFragment, ParamType } from "ethers";

/** What a field says beyond its path: how it is shown, or a reference to a definition that says so. */
export interface Field {
  readonly path: string;
  readonly label?: string;
  readonly format?: string;
  readonly visible?: "never" | { readonly ifNotIn: readonly number[] };
  readonly params?: Readonly<Record<string, unknown>>;
  readonly separator?: string;
  readonly $ref?: string;
  /** Of a group: the fields below its path. */
  readonly fields?: readonly Field[];
}

/** The part of an ERC-7730 descriptor, version 2.0.0, that ours use. */
export interface Descriptor {
  readonly $schema: string;
  readonly context: {
    readonly $id: string;
    readonly contract?: { readonly deployments: readonly unknown[] };
    readonly eip712?: { readonly domain?: { readonly name: string }; readonly deployments: readonly unknown[] };
  };
  readonly metadata: {
    readonly owner: string;
    readonly contractName: string;
    readonly enums?: Readonly<Record<string, Record<string, string>>>;
  };
  readonly display: {
    readonly definitions?: Readonly<Record<string, Field>>;
    readonly formats: Readonly<Record<string, { intent: string; fields: readonly Field[] }>>;
  };
}

export function readDescriptor(name: string): Descriptor {
  return JSON.parse(readFileSync(new URL(`../erc7730/${name}.json`, import.meta.url), "utf8"));
}

/** Every field without groups and references, under its path from the root. */
export function resolvedFields(descriptor: Descriptor, fields: readonly Field[], root = ""): Field[] {
  return fields.flatMap((field) => {
    const path = `${root}${field.path}`;
    if (field.fields !== undefined) return resolvedFields(descriptor, field.fields, `${path}.`);
    if (field.$ref === undefined) return [{ ...field, path }];
    const definition = descriptor.display.definitions?.[field.$ref.replace("$.display.definitions.", "")];
    if (definition === undefined) throw new Error(`${path} refers to ${field.$ref}, which is not defined`);
    return [{ ...definition, ...field, path }];
  });
}

/** The signature with the names of the parameters, by which a descriptor knows a function. */
export function signatureOf({ name, inputs }: FunctionFragment): string {
  const type = ({ baseType, components, arrayChildren, type: simple }: ParamType): string => {
    if (arrayChildren) return `${type(arrayChildren)}[]`;
    return baseType === "tuple" ? `(${(components ?? []).map(named)})` : simple;
  };
  const named = (parameter: ParamType) => `${type(parameter)} ${parameter.name}`;
  return `${name}(${inputs.map(named)})`;
}

/** Paths of all values in a call, with their types; a payable one has what is sent with it, too. */
export function valuesOfCall({ inputs, payable }: FunctionFragment): Record<string, string> {
  const walk = ({ type, baseType, components, arrayChildren }: ParamType, path: string): [string, string][] => {
    if (arrayChildren) return walk(arrayChildren, `${path}.[]`);
    if (baseType !== "tuple") return [[path, type]];
    return (components ?? []).flatMap((component) => walk(component, `${path}.${component.name}`));
  };
  const sent: [string, string][] = payable ? [["@.value", "uint256"]] : [];
  return Object.fromEntries([...inputs.flatMap((input) => walk(input, input.name)), ...sent]);
}

/** Paths of all values in a message, with their types, by its EIP-712 `encodeType`. */
export function valuesOfMessage(encodedType: string): Record<string, string> {
  const structs = new Map(
    [...encodedType.matchAll(/(\w+)\(([^)]*)\)/g)].map(([, name, members = ""]) => [name, members.split(",")]),
  );
  const walk = (struct: readonly string[], root: string): Record<string, string> =>
    Object.assign(
      {},
      ...struct.map((member) => {
        const [type = "", name = ""] = member.split(" ");
        const inner = structs.get(type);
        return inner ? walk(inner, `${root}${name}.`) : { [`${root}${name}`]: type };
      }),
    );
  return walk(structs.values().next().value ?? [], "");
}
