import { expect, it } from "vitest";
import { seconds } from "../units.ts";
import type { BatchServer } from "./BatchServer.ts";
import { replay, type TimedRequest } from "./replay.ts";
import { tailsOf } from "./tailsOf.ts";

const server: BatchServer = { stepTime: () => 1, perContextToken: 0, perPromptToken: 0, places: 1 };
const trace = [3, 1, 1, 1].map(
  (outputTokens, arrival): TimedRequest => ({
    arrival: seconds(arrival),
    inputTokens: 10,
    outputTokens,
  }),
);
/** One at a time: first tokens at 1, 4, 5 and 6. */
const { served } = replay(server, trace);

it("a trace of one's own has quantiles, and goodput over the time in which it came", () => {
  const { ttft, tpot, endToEnd } = tailsOf(served, { ttft: null, tpot: null }, seconds(4));
  expect(ttft).toEqual({ p50: 3, p90: 3, p99: 3 });
  expect(tpot).toEqual({ p50: 1, p90: 1, p99: 1 });
  expect(endToEnd).toMatchObject({ p50: 3, p99: 3 });
});

it.each([
  ["nothing", null, null, 1, 6 / 4],
  ["a first token within 2 s", 2, null, 0.25, 3 / 4],
  ["a token each half second, which only an answer of one token keeps", null, 0.5, 0.75, 3 / 4],
  ["both, which nobody keeps", 2, 0.5, 0, 0],
])("promised %s", (_, ttft, tpot, inTime, goodput) => {
  const slo = { ttft: ttft === null ? null : seconds(ttft), tpot: tpot === null ? null : seconds(tpot) };
  expect(tailsOf(served, slo, seconds(4))).toMatchObject({ inTime, goodput });
});

it("refuses no requests, and no time", () => {
  expect(() => tailsOf([], { ttft: null, tpot: null }, seconds(1))).toThrow(RangeError);
  expect(() => tailsOf(served, { ttft: null, tpot: null }, seconds(0))).toThrow("duration");
});
