import { setTimeout } from "node:timers/promises";
import { watts } from "@joulemint/economics/units";
import { afterEach, describe, expect, it } from "vitest";
import type { TwinOptions } from "../TwinOptions.ts";
import { TestTwin } from "./testing/TestTwin.ts";

const twins: TestTwin[] = [];
const start = async (options?: Partial<TwinOptions>) => {
  const twin = await TestTwin.start(options);
  twins.push(twin);
  return twin;
};
afterEach(() => Promise.all(twins.splice(0).map((twin) => twin.close())));

/** Waits for what happens soon after an event on the network. */
const eventually = async (check: () => Promise<boolean>) => {
  for (const deadline = Date.now() + 4000; !(await check()); await setTimeout(5)) {
    if (Date.now() > deadline) throw new Error("it did not happen");
  }
};

describe("the engine", () => {
  it("counts in its metrics what the usages say", async () => {
    const twin = await start();
    const whole = await Promise.all(
      Array.from({ length: 12 }, (_, seed) => twin.complete({ seed, n: 1 + (seed % 3), max_tokens: 5 + seed * 3 })),
    );
    const sized = await twin.complete({ twin: { inputTokens: 700, cachedTokens: 300, outputTokens: 90 } });
    const chunks = await twin.stream({ stream_options: { include_usage: true }, stop: "token" });
    const usages = [...whole, sized].map(({ usage }) => usage);
    const streamed = chunks.at(-1)?.usage;
    if (streamed) usages.push(streamed);
    expect(usages).toHaveLength(14);
    const sum = (tokens: "prompt_tokens" | "completion_tokens") =>
      usages.reduce((total, usage) => total + usage[tokens], 0);
    expect(await twin.metric("vllm:prompt_tokens_total")).toBe(sum("prompt_tokens"));
    expect(await twin.metric("vllm:generation_tokens_total")).toBe(sum("completion_tokens"));
    expect(await twin.metric("vllm:prefix_cache_queries_total")).toBe(sum("prompt_tokens"));
    expect(await twin.metric("vllm:prefix_cache_hits_total")).toBe(300);
    expect(await twin.metric("vllm:time_to_first_token_seconds_count")).toBe(14);
    expect(await twin.metric("vllm:e2e_request_latency_seconds_count")).toBe(14);
    const ended = await Promise.all(["stop", "length"].map((why) => twin.metric("vllm:request_success_total", why)));
    expect((ended[0] ?? 0) + (ended[1] ?? 0)).toBe(14);
  });

  it("uses the energy of its profile, which never falls", async () => {
    const hardware = {
      name: "test rig",
      idleWatts: watts(0),
      prefillMillijoulesPerToken: 3,
      decodeMillijoulesPerToken: 7,
      source: "made up",
    };
    const twin = await start({ hardware });
    const millijoules = () => twin.metric("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", 'modelName="modelled test rig"');
    expect(await millijoules()).toBe(0);
    await twin.complete({ twin: { inputTokens: 100, cachedTokens: 40, outputTokens: 10 } });
    expect(await millijoules()).toBe(60 * 3 + 10 * 7);
    expect(await twin.metric("DCGM_FI_DEV_POWER_USAGE")).toBeCloseTo(0.25, 9);

    const idle = await start();
    const readings: number[] = [];
    for (let i = 0; i < 5; i++, await setTimeout(5)) readings.push(await idle.metric("DCGM_FI_DEV_TOTAL_ENERGY"));
    expect(readings).toEqual(readings.toSorted((a, b) => a - b));
    expect(readings.at(-1)).toBeGreaterThan(readings[0] ?? Number.NaN);
  });

  it.each([{ tokensPerSecond: 2000 }, {}])(
    "stops when a client goes away, and counts what it made, at %j",
    async (speed) => {
      const twin = await start({ speed });
      const gone = new AbortController();
      const outputTokens = 120_000;
      const response = await twin.post({ stream: true, twin: { outputTokens } }, gone.signal);
      const reader = response.body?.getReader();
      await reader?.read();
      expect(await twin.metric("vllm:num_requests_running")).toBe(1);
      gone.abort();
      await eventually(async () => (await twin.metric("vllm:num_requests_running")) === 0);
      const produced = await twin.metric("vllm:generation_tokens_total");
      expect(produced).toBeGreaterThan(0);
      expect(produced).toBeLessThan(outputTokens);
      expect(await twin.metric("vllm:request_success_total", "abort")).toBe(1);
      await setTimeout(30);
      expect(await twin.metric("vllm:generation_tokens_total")).toBe(produced);
    },
  );

  it("makes nothing for a client that leaves before its prompt is read, streamed or not", async () => {
    const twin = await start({ speed: { prefillTokensPerSecond: 10 } });
    for (const stream of [true, false]) {
      const gone = new AbortController();
      const response = twin.post({ stream, twin: { inputTokens: 5000 } }, gone.signal);
      await eventually(async () => (await twin.metric("vllm:num_requests_running")) === 1);
      gone.abort();
      await expect(response).rejects.toThrow();
      await eventually(async () => (await twin.metric("vllm:num_requests_running")) === 0);
    }
    expect(await twin.metric("vllm:prompt_tokens_total")).toBe(0);
    expect(await twin.metric("vllm:request_success_total", "abort")).toBe(2);
  });

  it("keeps the rest waiting beyond the requests that it runs at once", async () => {
    const twin = await start({ maxRunning: 2, speed: { tokensPerSecond: 100 } });
    const running = Array.from({ length: 5 }, () => twin.complete({ twin: { outputTokens: 10 } }));
    await eventually(async () => (await twin.metric("vllm:num_requests_waiting")) === 3);
    expect(await twin.metric("vllm:num_requests_running")).toBe(2);
    await Promise.all(running);
    expect(await twin.metric("vllm:num_requests_waiting")).toBe(0);
    expect(await twin.metric("vllm:num_requests_running")).toBe(0);
  });

  it("reads and writes no faster than its speed", async () => {
    const twin = await start({ speed: { tokensPerSecond: 200, prefillTokensPerSecond: 1000 } });
    const startedAt = performance.now();
    // 60 computed tokens take 60 ms, and the 20 tokens after the first 100 ms.
    const chunks = await twin.stream({ twin: { inputTokens: 100, cachedTokens: 40, outputTokens: 21 } });
    expect(performance.now() - startedAt).toBeGreaterThan(159);
    expect(chunks.length).toBeGreaterThan(10);
  });
});
