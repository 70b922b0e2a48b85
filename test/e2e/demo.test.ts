import { describe, expect, it } from "vitest";
import { runJoulemint } from "../harness/runJoulemint.ts";

describe("joulemint demo", () => {
  it("walks the loop once, names every id, and the books agree", async () => {
    const { status, stdout, stderr } = await runJoulemint(["demo", "--json"]);
    expect(status, stderr).toBe(0);
    const { steps, reconciliation } = JSON.parse(stdout);
    const named = Object.fromEntries(steps.map((step: { step: string }) => [step.step, step]));
    expect(Object.keys(named)).toEqual(["buy", "call", "meter", "settle", "release", "claim", "query"]);
    expect(reconciliation.difference).toBe("0");
    expect(named.meter.receipt).toBe(named.call.receipt);
    expect(Number(named.meter.tokens.output)).toBe(named.call.completion_tokens);
    expect(named.release.transactionHash).toBe(named.settle.transactionHash);
    expect(BigInt(named.release.holders) + BigInt(named.release.treasury) + BigInt(named.release.operator)).toBe(
      BigInt(named.release.amount),
    );
    expect(named.settle.consumed).toBe(named.meter.charge);
    expect(named.query.settledBy).toBe(named.settle.transactionHash);
    expect(named.claim.claims.map(({ role }: { role: string }) => role)).toEqual([
      "operator",
      "treasury",
      "holder",
      "holder",
      "holder",
    ]);
  });
});
