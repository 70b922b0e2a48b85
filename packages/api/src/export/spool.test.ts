import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, it } from "vitest";
import { spool } from "./spool.ts";

const directory = mkdtempSync(join(tmpdir(), "joulemint-spool-"));
afterAll(() => rmSync(directory, { recursive: true }));

async function* lines(count: number) {
  for (let index = 0; index < count; index += 1) yield `line ${index} ä`;
}

it("keeps lines until they are read, in a file that nobody sees", async () => {
  const spooled = await spool(lines(50_000), directory);
  expect(readdirSync(directory)).toEqual([]);
  const read = await text(spooled.stream());
  expect(Buffer.byteLength(read)).toBe(spooled.bytes);
  expect(read.split("\n").slice(0, 2)).toEqual(["line 0 ä", "line 1 ä"]);
  expect(read.split("\n").length).toBe(50_001);
});

it("keeps nothing of lines that end with an error", async () => {
  async function* failing() {
    yield "one";
    throw new Error("no more");
  }
  await expect(spool(failing(), directory)).rejects.toThrow("no more");
  expect(readdirSync(directory)).toEqual([]);
});
