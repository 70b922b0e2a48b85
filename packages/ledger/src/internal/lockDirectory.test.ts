import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { afterAll, describe, expect, it } from "vitest";
import { lockDirectory } from "./lockDirectory.ts";

const folder = mkdtempSync(join(tmpdir(), "joulemint-lock-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("lockDirectory", () => {
  it("lets one holder in at a time", () => {
    const directory = join(folder, "one");
    const release = lockDirectory(directory);
    expect(() => lockDirectory(directory)).toThrow(
      expect.toSatisfy((error) => isJoulemintError(error, "STATE_IN_USE")),
    );
    release();
    expect(existsSync(`${directory}.lock`)).toBe(false);
    lockDirectory(directory)();
  });

  it.each([
    ["a process that is gone", 2 ** 22 + 1],
    ["an earlier process with our id", process.pid],
    ["nobody", "?"],
  ])("takes over the lock of %s", (_, pid) => {
    const directory = join(folder, "stale");
    writeFileSync(`${directory}.lock`, String(pid));
    lockDirectory(directory)();
  });

  it("respects the lock of a process that lives", () => {
    const directory = join(folder, "living");
    writeFileSync(`${directory}.lock`, String(process.ppid));
    expect(() => lockDirectory(directory)).toThrow(expect.objectContaining({ code: "STATE_IN_USE" }));
  });
});
