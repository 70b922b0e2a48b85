import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { runJoulemint, spawnJoulemint } from "../harness/runJoulemint.ts";

const directory = mkdtempSync(join(tmpdir(), "joulemint-stop-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a command until it says `text` on stderr, then sends SIGTERM. */
async function stopAfter(args: string[], text: string): Promise<{ status: number | null; chains: number[] }> {
  const child = spawnJoulemint(args, { TMPDIR: directory });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let stderr = "";
  await new Promise<void>((resolve) => {
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
      if (stderr.includes(text)) resolve();
    });
  });
  await sleep(200);
  const chains = childrenOf(child.pid ?? 0);
  child.kill("SIGTERM");
  return { status: await ended, chains };
}

function childrenOf(pid: number): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

describe("a signal to end", () => {
  it("stops a starting factory, its chain too, and leaves no folder of a demo behind", async () => {
    const { status, chains } = await stopAfter(["demo", "--json"], "Starting the local chain");
    expect(status).toBe(130);
    expect(chains.filter(isAlive)).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe("misuse of the command line, with --json", () => {
  it.each([
    [["up", "--no-such-flag"]],
    [["up", "--port", "70000"]],
    [["up", "--settle-every", "soon"]],
    [["replay", "--speedup", "0"]],
  ])("%j is one JSON document", async (args) => {
    const { status, stdout } = await runJoulemint([...args, "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "CONFIG_INVALID" } });
  });
});
