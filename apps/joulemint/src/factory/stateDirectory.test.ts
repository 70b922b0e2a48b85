import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stateDirectory } from "./stateDirectory.ts";

const running = {
  pid: process.pid,
  url: "http://127.0.0.1:1",
  graphql: "",
  rpc: "",
  chainId: 31_337,
  credits: "0x00000000000000000000000000000000c4ed1751",
  model: "m",
  upstream: { url: "http://127.0.0.1:2", continuousUsage: true, metricsUrl: "http://127.0.0.1:2/metrics" },
} as const;

describe("stateDirectory", () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), "joulemint-state-"));
  });
  afterEach(() => rmSync(path, { recursive: true }));

  it("shows the factory only while a living process owns the folder", async () => {
    const state = stateDirectory(path);
    expect(() => state.running()).toThrowError(expect.objectContaining({ code: "FACTORY_NOT_RUNNING" }));

    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    writeFileSync(join(path, "owner.lock"), String(other.pid));
    state.announce(running);
    expect(state.running()).toEqual(running);
    expect(() => state.claim()).toThrowError(
      expect.objectContaining({ code: "STATE_IN_USE", details: { directory: path, pid: other.pid } }),
    );

    const ended = new Promise((resolve) => other.once("exit", resolve));
    other.kill("SIGKILL");
    await ended;
    expect(() => state.running()).toThrowError(expect.objectContaining({ code: "FACTORY_NOT_RUNNING" }));
    state.claim();
    state.announce(running);
    // Whoever comes second is refused, and does not take the place of the first by leaving.
    const second = stateDirectory(path);
    expect(() => second.claim()).toThrowError(expect.objectContaining({ code: "STATE_IN_USE" }));
    second.release();
    expect(stateDirectory(path).running()).toEqual(running);
    state.release();
    expect(() => state.running()).toThrowError(expect.objectContaining({ code: "FACTORY_NOT_RUNNING" }));
  });
});
