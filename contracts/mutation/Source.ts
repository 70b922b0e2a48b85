import type { AstNode } from "./ast.ts";

/** A piece of source, in bytes, and what takes its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly after: string;
}

/** A source file with the places of its nodes, which solc counts in bytes: hence a string of one byte per character. */
export class Source {
  readonly #bytes: string;

  constructor(content: string) {
    this.#bytes = Buffer.from(content).toString("latin1");
  }

  range(node: AstNode): [start: number, end: number] {
    const [start, length] = node.src.split(":").map(Number);
    return [start, start + length];
  }

  /** The range of a statement with its semicolon, which is not in the tree. */
  statement(node: AstNode): [start: number, end: number] {
    const [start, end] = this.range(node);
    return [start, end + (/^\s*;/.exec(this.#bytes.slice(end))?.[0].length ?? 0)];
  }

  text(start: number, end: number): string {
    return this.#bytes.slice(start, end);
  }

  of(node: AstNode): string {
    return this.text(...this.range(node));
  }

  replace(node: AstNode, after: string): Edit {
    const [start, end] = this.range(node);
    return { start, end, after };
  }

  /** The whole file after an edit. */
  edited({ start, end, after }: Edit): string {
    return Buffer.from(this.#bytes.slice(0, start) + after + this.#bytes.slice(end), "latin1").toString();
  }

  line(position: number): number {
    return this.#bytes.slice(0, position).split("\n").length;
  }
}
