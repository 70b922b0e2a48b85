import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "../testing/brokenLedger.ts";
import { serveApi } from "../testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger() });
});
afterAll(() => api.close());

const ask = (of: unknown, selection = "points { name } beaten { name }") =>
  api.query(`query ($of: FrontierSource!) { frontier(of: $of) { ${selection} } }`, { of });
const located = (selection: string) =>
  `query ($of: FrontierSource!, $at: OperatingPointInput) { frontier(of: $of, operatingPoint: $at) { ${selection} } }`;
const point = (name: string, tokensPerSecondPerUser: number, tokensPerSecondPerGpu: number | string) => ({
  name,
  tokensPerSecondPerUser,
  tokensPerSecondPerGpu,
});
const two = [point("fast", 50, 40), point("full", 20, "100")];
const names = (...of: string[]) => of.map((name) => ({ name }));

describe("frontier", () => {
  it.each([
    ["none", [], [], []],
    ["two that beat each other in one thing each", two, ["full", "fast"], []],
    ["one that is worse in both", [point("worse", 10, 30), ...two], ["full", "fast"], ["worse"]],
    [
      "one between them that is better than the line",
      [...two, point("middle", 30, 90)],
      ["full", "middle", "fast"],
      [],
    ],
    ["equals, which count once", [point("a", 1, 1), point("b", 1, 1)], ["a"], ["b"]],
  ])("of %s", async (_, points, best, beaten) => {
    const { data, errors } = await ask({ points });
    expect(errors).toEqual([]);
    expect(data).toEqual({ frontier: { points: names(...best), beaten: names(...beaten) } });
  });

  it("of the measured sweep leaves out 48 requests in flight, which are slower than 32 and make less", async () => {
    const { data, errors } = await ask(
      { measured: { inputTokens: 1024 } },
      "points { name tokensPerSecondPerUser tokensPerSecondPerGpu } beaten { name } measured { model gpus source licence }",
    );
    expect(errors).toEqual([]);
    const { points, ...rest } = (data as { frontier: { points: { name: string }[] } }).frontier;
    expect(rest).toEqual({
      beaten: names("48"),
      measured: {
        model: "zai-org/GLM-5-FP8",
        gpus: 8,
        source: expect.stringContaining("InferenceX"),
        licence: "Apache-2.0",
      },
    });
    // 4 in flight: a token in 21.3725 ms, and 164.728 tok/s of 8 GPUs.
    expect(points.at(-1)).toEqual({
      name: "4",
      tokensPerSecondPerUser: (1 / 0.0213725).toFixed(12),
      tokensPerSecondPerGpu: "20.591",
    });
  });

  const at = "operatingPoint { model hardware inputTokens outputTokens } findings { code }";
  it.each([
    [
      "of the sweep",
      { of: { measured: { inputTokens: 1024 } } },
      { model: "zai-org/GLM-5-FP8", hardware: "8xH200 SXM, vLLM TP8", inputTokens: "1024", outputTokens: "128" },
      [],
    ],
    [
      "of the caller's points, as far as that is said",
      { of: { points: two }, at: { model: "llama-3.1-70b" } },
      { model: "llama-3.1-70b", hardware: null, inputTokens: null, outputTokens: null },
      [],
    ],
    ["of nobody", { of: { points: two } }, null, [{ code: "OPERATING_POINT_UNSTATED" }]],
  ])("says the operating point %s", async (_, variables, operatingPoint, findings) => {
    const { data, errors } = await api.query(located(at), variables);
    expect(errors).toEqual([]);
    expect(data).toEqual({ frontier: { operatingPoint, findings } });
  });

  it.each([
    { of: { measured: { inputTokens: 1024 } }, at: { model: "another" } },
    { of: { points: two }, at: { inputTokens: 0 } },
  ])("refuses the operating point of %j", async (variables) => {
    const { errors } = await api.query(located("measured { model }"), variables);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details: { field: "operatingPoint" } } }]);
  });

  it.each([
    [20, { tokensPerSecondPerGpu: "100", low: "100", high: "100", extrapolated: false, findings: [] }],
    [10, { tokensPerSecondPerGpu: "100", high: "200", extrapolated: true, findings: [{ code: "EXTRAPOLATED" }] }],
    [60, { tokensPerSecondPerGpu: "0", high: "40", extrapolated: true, findings: [{ code: "EXTRAPOLATED" }] }],
  ])("says what a GPU makes at %i tok/s for a user, and whether that was measured", async (speed, estimate) => {
    const { data, errors } = await ask(
      { points: two },
      `throughputAt(tokensPerSecondPerUser: ${speed}) { tokensPerSecondPerGpu low high extrapolated findings { code } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ frontier: { throughputAt: estimate } });
  });

  const speed = (value: number) => `throughputAt(tokensPerSecondPerUser: ${value}) { low }`;
  it.each([
    ["a negative throughput", { points: [point("a", 1, -1)] }, undefined, { field: "points" }],
    [
      "a length that was not measured",
      { measured: { inputTokens: 1 } },
      undefined,
      { field: "inputTokens", actual: 1 },
    ],
    ["two sources at once", { points: two, measured: { inputTokens: 1024 } }, undefined, {}],
    ["no source", {}, undefined, {}],
    ["no speed", { points: two }, speed(0), { field: "tokensPerSecondPerUser" }],
    ["a speed on no points", { points: [] }, speed(1), { field: "tokensPerSecondPerUser" }],
    ["more points than are counted", { points: Array(1001).fill(point("", 1, 1)) }, "__typename", { field: "points" }],
    [
      "more than a request may cost",
      { points: Array(1000).fill(point("", 1, 1)) },
      "a: points { name } b: points { name } c: points { name } d: points { name } e: points { name }",
      { field: "cost" },
    ],
  ])("refuses %s", async (_, of, selection, details) => {
    const { errors } = await ask(of, selection);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details } }]);
  });
});
