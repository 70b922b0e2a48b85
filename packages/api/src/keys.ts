import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** The natural keys of the types that have a node id; a node id is the type's name, a colon and this key. */
const patterns = {
  Model: /^0x[0-9a-f]{40}$/,
  Account: /^0x[0-9a-f]{40}$/,
  Offering: /^0x[0-9a-f]{64}$/,
  Session: /^0x[0-9a-f]{64}$/,
  Receipt: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  Settlement: /^\d{1,18}:\d{1,9}$/,
} as const;

export type NodeType = keyof typeof patterns;

/** The key in a node id, or in an id as the chain and the command line write it. Throws BAD_REQUEST. */
export function parseKey(type: NodeType, id: string): string {
  const prefix = `${type}:`;
  const key = (id.startsWith(prefix) ? id.slice(prefix.length) : id).toLowerCase();
  if (!patterns[type].test(key)) throw new JoulemintError("BAD_REQUEST", { field: "id", expected: type, actual: id });
  return key;
}

export const formatNodeId = (type: string, key: string | number | bigint): string => `${type}:${key}`;

/** Throws BAD_REQUEST for an id that is of no type that has node ids. */
export function parseNodeId(id: string): { typename: NodeType; id: string } {
  const typename = id.slice(0, Math.max(id.indexOf(":"), 0));
  if (!Object.hasOwn(patterns, typename)) {
    throw new JoulemintError("BAD_REQUEST", { field: "id", expected: "Type:key", actual: id });
  }
  return { typename: typename as NodeType, id: parseKey(typename as NodeType, id) };
}
