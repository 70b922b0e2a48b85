import type { Descriptor, Field } from "./descriptor.ts";

/** Keys that each object of a descriptor may have, by the schema of ERC-7730, version 2.0.0. */
const KEYS = {
  descriptor: ["$schema", "$comment", "includes", "context", "metadata", "display"],
  context: ["$id", "contract", "eip712"],
  contract: ["deployments", "factory"],
  eip712: ["domain", "domainSeparator", "deployments"],
  metadata: ["owner", "contractName", "info", "token", "constants", "enums"],
  display: ["definitions", "formats"],
  format: ["$id", "intent", "interpolatedIntent", "fields"],
  field: ["$id", "path", "value", "label", "format", "params", "separator", "visible", "encryption"],
  reference: ["path", "value", "label", "$ref", "params", "separator", "visible", "encryption"],
  group: ["$id", "path", "label", "iteration", "fields"],
} as const;

/** Keys of a descriptor that the schema does not know, each with the kind of object that has it. */
export function unknownKeys(descriptor: Descriptor): string[] {
  const of = (kind: keyof typeof KEYS, object: object) => {
    const known: readonly string[] = KEYS[kind];
    return Object.keys(object).flatMap((key) => (known.includes(key) ? [] : [`${key} of a ${kind}`]));
  };
  const ofField = (field: Field): string[] => [
    ...of(field.fields ? "group" : field.$ref ? "reference" : "field", field),
    ...(field.fields ?? []).flatMap(ofField),
  ];
  const { context, metadata, display } = descriptor;
  return [
    ...of("descriptor", descriptor),
    ...of("context", context),
    ...of("contract", context.contract ?? {}),
    ...of("eip712", context.eip712 ?? {}),
    ...of("metadata", metadata),
    ...of("display", display),
    ...Object.values(display.definitions ?? {}).flatMap(ofField),
    ...Object.values(display.formats).flatMap((format) => [...of("format", format), ...format.fields.flatMap(ofField)]),
  ];
}
