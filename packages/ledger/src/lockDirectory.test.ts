import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
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

  it("has one holder when several processes race for new and for stale locks", async () => {
    const directories = Array.from({ length: 300 }, (_, index) => join(folder, `raced-${index}`));
    for (const [index, directory] of directories.entries())
      if (index % 3 > 0) writeFileSync(`${directory}.lock`, String(2 ** 22 + 1));
    const module = new URL("./lockDirectory.ts", import.meta.url).href;
    // They begin together, and live until all are done, so that no lock of theirs is stale.
    const script = `
      import { setTimeout } from "node:timers/promises";
      import { lockDirectory } from ${JSON.stringify(module)};
      const { directories, at } = JSON.parse(process.argv[1]);
      await setTimeout(at - Date.now() - 10);
      while (Date.now() < at);
      const locked = directories.filter((directory) => {
        try { lockDirectory(directory); return true; } catch (error) { if (error.code === "STATE_IN_USE") return false; throw error; }
      });
      process.stdout.write(JSON.stringify(locked) + "\\n");
      process.stdin.resume();`;
    const plan = JSON.stringify({ directories, at: Date.now() + 1_500 });
    const racers = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", script, plan], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    const locked = await Promise.all(
      racers.map(async ({ stdout }) => {
        for await (const line of createInterface({ input: stdout })) return JSON.parse(line) as string[];
        return [];
      }),
    );
    for (const racer of racers) racer.stdin.end();
    expect(locked.flat().sort()).toEqual([...directories].sort());
    expect(readdirSync(folder).filter((name) => name.startsWith("raced"))).toHaveLength(directories.length);
  }, 20_000);
});
