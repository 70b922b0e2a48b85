import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCorpus } from "./readCorpus.ts";

const files = {
  "b.ts": '// SPDX-License-Identifier: MIT\n/** One\n * @param two */\nconst x = "no";\n  // three\n',
  "a.sol": "/// @notice four\ncontract A {}\n",
  "docs/z.md": "# Prose\n\n```sh\nno\n```\n| no | no |\nmore\n",
  "node_modules/x.md": "no",
  ".hidden/x.md": "no",
  "data.json": '"no"',
};

describe("readCorpus", () => {
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "corpus-"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it("takes the prose of Markdown first, then comments of sources, and nothing of others", () => {
    const words = readCorpus(directory, 10_000).map((text) => text.split(/\s+/).filter((word) => word !== ""));
    expect(words).toEqual([["#", "Prose", "more"], ["four"], ["One", "two", "three"]]);
  });

  it("stops at its bound", () => {
    expect(readCorpus(directory, 9)).toEqual(["# Prose\n\n"]);
  });
});
