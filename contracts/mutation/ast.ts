/** A node of solc's syntax tree, of Solidity or of Yul. */
export interface AstNode {
  readonly nodeType: string;
  /** `start:length:file`, in bytes. */
  readonly src: string;
  readonly [property: string]: unknown;
}

const isNode = (value: unknown): value is AstNode =>
  typeof value === "object" && value !== null && "nodeType" in value && "src" in value;

/** The node that a property holds. */
export function child(node: AstNode, property: string): AstNode {
  const value = node[property];
  if (!isNode(value)) throw new Error(`${node.nodeType} has no ${property}`);
  return value;
}

/** The nodes that a property lists; none if there is no such property. */
export function list(node: AstNode, property: string): AstNode[] {
  const value = node[property];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function text(node: AstNode, property: string): string {
  return String(node[property] ?? "");
}

/** The node and all below it, in the order of the source. */
export function* descendants(node: AstNode): Generator<AstNode> {
  yield node;
  for (const value of Object.values(node)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (isNode(item)) yield* descendants(item);
    }
  }
}

export function typeOf(node: AstNode): string {
  const type = node.typeDescriptions as { typeString?: string } | undefined;
  return type?.typeString ?? "";
}
