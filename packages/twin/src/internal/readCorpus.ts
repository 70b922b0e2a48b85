import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SKIPPED = /^(\..*|node_modules|artifacts|cache|coverage|dist|generated)$/;
const SOURCE = /\.(ts|tsx|sol)$/;
const COMMENTS = /\/\*\*?([\s\S]*?)\*\/|^\s*\/\/+(.*)$/gm;

/** Prose of a Markdown file: no fenced code, no tables. */
const proseOf = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```/gm, "").replace(/^\s*\|.*$/gm, "");

/** The comments of a source, without licence lines, tags and rulers. */
const commentsOf = (source: string): string =>
  Array.from(source.matchAll(COMMENTS), ([, block, line]) => (block ?? line ?? "").replace(/^\s*\*/gm, ""))
    .join("\n")
    .replace(/^.*(SPDX-|biome-ignore|@inheritdoc|[-=─]{4,}).*$/gm, "")
    .replace(/@[a-z]+ /g, "");

/**
 * The prose of a directory, Markdown first, then the comments of TypeScript and Solidity sources; always in the same
 * order, and up to `maxBytes`, so that learning from it takes a bounded time.
 */
export function readCorpus(directory: string, maxBytes: number): string[] {
  const files = listFiles(directory);
  const texts: string[] = [];
  let left = maxBytes;
  const add = (paths: string[], extract: (text: string) => string) => {
    for (const path of paths) {
      if (left <= 0) return;
      const text = extract(readFileSync(path, "utf8").slice(0, left));
      left -= Buffer.byteLength(text);
      texts.push(text);
    }
  };
  add(
    files.filter((path) => path.endsWith(".md")),
    proseOf,
  );
  add(
    files.filter((path) => SOURCE.test(path)),
    commentsOf,
  );
  return texts;
}

function listFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return listFiles(path);
      return entry.isFile() ? [path] : [];
    });
}
