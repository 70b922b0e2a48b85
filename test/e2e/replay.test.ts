import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runJoulemint } from "../harness/runJoulemint.ts";

const directory = mkdtempSync(join(tmpdir(), "joulemint-trace-"));
afterAll(() => rmSync(directory, { recursive: true }));

function traceFile(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

describe("joulemint replay", () => {
  it("plays the bundled sample: every token metered, settled in batches, split and claimed", async () => {
    const { status, stdout, stderr } = await runJoulemint(["replay", "--speedup", "200", "--json"]);
    expect(status, stderr + stdout).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      requests: 200,
      sessions: 50,
      wallets: 10,
      shareholders: 3,
      claims: 5,
      differences: [],
      reconciliation: { difference: "0" },
    });
    expect(result.largestSettlement).toBeGreaterThan(1);
    expect(Number(result.joules)).toBeGreaterThan(0);
    expect(result.lagMs).toBeGreaterThanOrEqual(0);
  });

  it("keeps cached tokens apart", async () => {
    const trace = traceFile(
      "cached.csv",
      "timestamp_ms,input_tokens,output_tokens,cached_tokens\n0,100,10,60\n5,200,20,0\n9,50,5,50\n",
    );
    const { status, stdout, stderr } = await runJoulemint([
      ...["replay", "--trace", trace, "--sessions", "2", "--wallets", "1", "--json"],
    ]);
    expect(status, stderr + stdout).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      requests: 3,
      inputTokens: "350",
      cachedTokens: "110",
      outputTokens: "35",
      reconciliation: { difference: "0" },
    });
  });

  it("refuses a malformed row by its line before anything is started", async () => {
    const trace = traceFile("broken.csv", "timestamp_ms,input_tokens,output_tokens\n0,1,1\n1,one,1\n");
    const { status, stdout } = await runJoulemint(["replay", "--trace", trace, "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "TRACE_MALFORMED", details: { line: 3, field: "input_tokens" } },
    });
  });
});
