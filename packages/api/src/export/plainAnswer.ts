import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isEnumType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { Plain, PlainObject } from "./Plain.ts";

type Plainer = (value: never) => Plain;

/**
 * How answers to a document are written into an export, by the types of its fields: enums as the ledger names them,
 * addresses in lower case, moments in unix milliseconds, and an object of a single member as that member. For documents
 * of one operation, of fields alone.
 */
export function plainAnswer(schema: GraphQLSchema, document: DocumentNode): (data: unknown) => Plain {
  const operation = getOperationAST(document);
  const query = schema.getQueryType();
  if (operation == null || query == null) throw new Error("an export's document has one query");
  const write = plainObject(query, operation.selectionSet);
  return (data) => write(data as never);
}

function plainer(type: GraphQLNamedType, selections: SelectionSetNode | undefined): Plainer {
  const one = selections === undefined ? plainLeaf(type) : plainObject(type, selections);
  const write = (value: unknown): Plain => {
    if (value === null) return null;
    return Array.isArray(value) ? value.map(write) : one(value as never);
  };
  return write;
}

function plainLeaf(type: GraphQLNamedType): Plainer {
  if (isEnumType(type) || type.name === "Address") return (text: string) => text.toLowerCase();
  if (type.name === "DateTime") return (text: string) => String(Date.parse(text));
  return (value) => value;
}

function plainObject(type: GraphQLNamedType, { selections }: SelectionSetNode): Plainer {
  if (!isObjectType(type)) throw new Error(`${type.name} is not an object type`);
  const members = selections.map((selection) => {
    const field = selection.kind === Kind.FIELD ? type.getFields()[selection.name.value] : undefined;
    if (selection.kind !== Kind.FIELD || field === undefined) throw new Error(`not a field of ${type.name}`);
    const name = (selection.alias ?? selection.name).value;
    return [name, plainer(getNamedType(field.type), selection.selectionSet)] as const;
  });
  const [first] = members;
  if (members.length === 1 && first !== undefined) return (value: PlainObject) => first[1](value[first[0]] as never);
  return (value: PlainObject) =>
    Object.fromEntries(members.map(([name, write]) => [name, write(value[name] as never)]));
}
