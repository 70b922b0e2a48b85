/** Imports of values from the package's own files, but for its units and its tests' helpers. */
const IMPORT = /^import (?!type )\{([^}]*)\} from "(\.[^"]*)";$/gm;
const NOT_TESTED = /\/units\.ts$|\/testing\//;

/**
 * The package's exports that a test uses, by the index of its title in the text of its file: those named in the test
 * itself, or for a title of several tests in any of them. A test that names none calls them by helpers of its file: then
 * the export that the file is named for, or all that it imports.
 */
export function exportsTested(text: string, title: number, fileName: string): readonly string[] {
  const names = importedValues(text);
  for (const start of [/\n *(?:it|describe)\b/g, /\n(?:it|describe)\b/g]) {
    const part = around(text, title, start);
    const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(part));
    if (used.length > 0) return used;
  }
  return names.includes(fileName) ? [fileName] : names;
}

function importedValues(text: string): readonly string[] {
  const imports = [...text.matchAll(IMPORT)].filter(([, , from = ""]) => !NOT_TESTED.test(from));
  const names = imports.flatMap(([, list = ""]) => list.split(",").map((name) => name.trim()));
  return names.filter((name) => /^\w+$/.test(name)).sort();
}

/** What lies between the last start before an index and the first one after it. */
function around(text: string, index: number, starts: RegExp): string {
  const all = [...text.matchAll(starts)].map((start) => start.index);
  return text.slice(
    all.findLast((start) => start < index) ?? 0,
    all.find((start) => start > index),
  );
}
