import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { EnergyMeter } from "./EnergyMeter.ts";
import { scrapedEnergy } from "./scrapedEnergy.ts";

const usage = (input: bigint, output: bigint, cachedInput = 0n) => ({
  input,
  cachedInput,
  cacheWrite: 0n,
  output,
  reasoning: 0n,
});
const metrics = (millijoules: number, prompt: number, output: number) => `
DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{gpu="0"} ${millijoules - 1000}
DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{gpu="1"} 1000
vllm:prompt_tokens_total{model_name="m"} ${prompt}
vllm:generation_tokens_total{model_name="m"} ${output}
`;
const unknown = { energyMillijoules: null, provenance: "unknown" };

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** A meter whose first scrape saw `page` already. */
async function open(
  page: string | null,
): Promise<{ meter: EnergyMeter; show(page: string | null): void; scrapes(): number }> {
  let shown = page;
  let scrapes = 0;
  const server = createServer((_, response) => {
    scrapes++;
    // `null`: never answers.
    if (shown !== null) response.end(shown);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const metricsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  const meter = scrapedEnergy({ metricsUrl });
  opened.push(() => {
    meter.close();
    server.closeAllConnections();
    server.close();
  });
  await expect.poll(() => scrapes).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { meter, show: (next) => (shown = next), scrapes: () => scrapes };
}

describe("scrapedEnergy", () => {
  it("gives a call all energy of a window that had no other tokens", async () => {
    const { meter, show } = await open(metrics(50_000, 100, 10));
    show(metrics(80_000, 200, 30));
    expect(await meter.attribute(usage(100n, 20n))).toEqual({ energyMillijoules: 30_000n, provenance: "modelled" });
  });

  it("shares by weight: an output token weighs as much as 8 prompt tokens, a cached one as one", async () => {
    const { meter, show } = await open(metrics(50_000, 0, 0));
    show(metrics(50_000 + 10_000, 200, 100));
    // Weights: 1000 in the window, 20 + 30 + 8 x 10 = 130 in the call.
    expect(await meter.attribute(usage(20n, 10n, 30n))).toEqual({ energyMillijoules: 1_300n, provenance: "modelled" });
  });

  it("never gives a call more than the machine drew", async () => {
    const { meter, show } = await open(metrics(50_000, 0, 0));
    show(metrics(60_000, 1, 0));
    expect((await meter.attribute(usage(999n, 0n))).energyMillijoules).toBe(10_000n);
  });

  it("adds up to what was drawn when all calls of a window are asked for", async () => {
    const { meter, show, scrapes } = await open(metrics(50_000, 0, 0));
    show(metrics(81_000, 60, 30));
    const calls = [usage(10n, 10n), usage(20n, 5n), usage(30n, 15n)];
    let sum = 0n;
    for (const call of calls) sum += (await meter.attribute(call)).energyMillijoules ?? 0n;
    expect(31_000n - sum).toBeLessThan(3n);
    expect(sum).toBeLessThanOrEqual(31_000n);
    // Three calls within a second shared one scrape.
    expect(scrapes()).toBe(2);
  });

  it.each([
    ["no energy series", "vllm:prompt_tokens_total 9\nvllm:generation_tokens_total 9\n"],
    ["no token series", "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION 9\n"],
    ["another page", "<html>"],
    ["no new tokens", metrics(90_000, 100, 10)],
    ["counters that went back", metrics(10_000, 0, 0)],
  ])("is unknown with %s", async (_, page) => {
    const { meter, show } = await open(metrics(50_000, 100, 10));
    show(page);
    expect(await meter.attribute(usage(1n, 1n))).toEqual(unknown);
  });

  it("is unknown, and no later than 50 ms, when the page hangs", async () => {
    const { meter, show } = await open(metrics(50_000, 0, 0));
    show(null);
    const started = performance.now();
    expect(await meter.attribute(usage(1n, 1n))).toEqual(unknown);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("is unknown when nobody listens, and says so once", async () => {
    const warnings: string[] = [];
    const logger = { info() {}, warn: (message: string) => warnings.push(message), error() {} };
    const meter = scrapedEnergy({ metricsUrl: "http://127.0.0.1:1/metrics", logger });
    opened.push(() => meter.close());
    expect(await meter.attribute(usage(1n, 1n))).toEqual(unknown);
    await expect.poll(() => warnings.length).toBe(1);
  });
});
