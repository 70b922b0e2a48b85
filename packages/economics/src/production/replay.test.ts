import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream, randomUniform } from "../finance/randomUniform.ts";
import { requestsPerSecond, seconds } from "../units.ts";
import { type BatchServer, workAtFullBatch } from "./BatchServer.ts";
import { poissonRequests } from "./poissonRequests.ts";
import { replay, type TimedRequest } from "./replay.ts";

const server = (fixed: number, perSequence: number, places: number): BatchServer => ({
  stepTime: (batch) => fixed + perSequence * batch,
  perContextToken: 0,
  perPromptToken: 0,
  places,
});
const request = (arrival: number, inputTokens: number, outputTokens: number): TimedRequest => ({
  arrival: seconds(arrival),
  inputTokens,
  outputTokens,
});
const poisson = (arrivals: number, outputTokens: number, count = 40_000) =>
  poissonRequests({ arrivals: requestsPerSecond(arrivals), inputTokens: 0, outputTokens }, 7, count);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const waits = (server: BatchServer, requests: readonly TimedRequest[]) =>
  replay(server, requests).served.map(
    ({ request: { outputTokens }, endToEnd }) => endToEnd - outputTokens * server.stepTime(1),
  );

describe("by hand", () => {
  it("two requests share steps; the second waits for the step that runs", () => {
    // Steps of 1 s alone and 1.5 s together: 0 to 1 and 1 to 2 alone, then the second comes, until 3.5; it ends at 4.5.
    const { served, time } = replay(server(0.5, 0.5, 2), [request(0, 9, 3), request(1.2, 9, 2)]);
    expect(served).toMatchObject([
      { ttft: 1, tpot: (3.5 - 1) / 2, endToEnd: 3.5 },
      { ttft: 3.5 - 1.2, tpot: 1, endToEnd: 4.5 - 1.2 },
    ]);
    expect([...time]).toEqual([0, 3, 1.5]);
  });

  it("one place makes the second wait for the first to leave", () => {
    const { served } = replay(server(1, 0, 1), [request(0, 9, 3), request(0.5, 9, 1), request(10, 9, 1)]);
    expect(served.map(({ ttft }) => ttft)).toEqual([1, 3.5, 1]);
    expect(served.map(({ tpot }) => tpot)).toEqual([1, null, null]);
  });

  it("a prompt and its context lengthen steps for everybody", () => {
    const slow = { ...server(1, 0, 2), perPromptToken: 0.1, perContextToken: 0.01 };
    // A context of 10 tokens; then 11 beside a prompt of 20; then 12, alone again.
    const { served } = replay(slow, [request(0, 10, 3), request(2, 20, 1)]);
    expect(served[0]?.ttft).toBeCloseTo(1 + 1 + 0.1, 12);
    expect(served[1]?.ttft).toBeCloseTo(2.1 + (1 + 2 + 0.31) - 2, 12);
    expect(served[0]?.endToEnd).toBeCloseTo(2.1 + 3.31 + 1.12, 12);
  });
});

describe("where closed forms hold", () => {
  it.each([0.3, 0.6, 0.8])(
    "one place and one length is M/D/1: at a load of %d the mean wait is Pollaczek's and Khinchine's",
    (load) => {
      const service = 10 * 0.02;
      const expected = (load * service) / (2 * (1 - load));
      expect(mean(waits(server(0.02, 0, 1), poisson(load / service, 10))) / expected).toBeCloseTo(1, 1);
    },
  );

  it("one place and memoryless lengths is M/M/1: the wait is exponential above none", () => {
    const stream = randomStream(7, "exponential");
    const requests = poisson(0.7, 1, 100_000).map((one, index) => ({
      ...one,
      outputTokens: Math.max(1, Math.round(-200 * Math.log(randomUniform(stream, index)))),
    }));
    const found = waits(server(0.005, 0, 1), requests);
    for (const limit of [0.1, 1, 3, 6]) {
      const share = found.filter((wait) => wait > limit).length / found.length;
      expect(share / (0.7 * Math.exp(-0.3 * limit))).toBeCloseTo(1, 1);
    }
  });

  it.each([0.3, 0.7])(
    "places for all and no fixed part is processor sharing: at a load of %d all takes 1 / (1 - load) as long",
    (load) => {
      const alone = 100 * 0.001;
      const found = replay(server(0, 0.001, 10_000), poisson(load / alone, 100)).served;
      expect((mean(found.map(({ endToEnd }) => endToEnd)) / alone) * (1 - load)).toBeCloseTo(1, 1);
    },
  );

  it("steps that batching does not lengthen: every token takes one, and a request half a step until one begins", () => {
    const found = replay(server(0.02, 0, 10_000), poisson(500, 50)).served;
    expect(mean(found.map(({ ttft }) => ttft))).toBeCloseTo(0.02 * 1.5, 3);
    for (const { tpot } of found) expect(tpot).toBeCloseTo(0.02, 9);
  });

  it("the server is busy for its load where a request's work does not depend on the batch", () => {
    const sharing = server(0, 0.001, 64);
    const requests = poisson(6, 100);
    const { time } = replay(sharing, requests);
    const whole = time.reduce((sum, each) => sum + each, 0);
    const load = 6 * workAtFullBatch(sharing, { inputTokens: 0, outputTokens: 100 });
    expect(load).toBeCloseTo(0.6, 12);
    expect(1 - (time[0] ?? 0) / whole).toBeCloseTo(load, 2);
  });
});

describe("whatever the load", () => {
  const batching = { ...server(0.01, 0.0005, 8), perPromptToken: 1e-5, perContextToken: 1e-7 };
  const requests = fc.array(
    fc.record({
      arrival: fc.double({ min: 0, max: 5, noNaN: true }).map(seconds),
      inputTokens: fc.integer({ min: 0, max: 2000 }),
      outputTokens: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1, maxLength: 60 },
  );

  it("alone on one place a request takes the work of a full batch; on more, a full batch shares the steps", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 50 }), (inputTokens, outputTokens) => {
        const size = { inputTokens, outputTokens };
        const one = { ...batching, places: 1 };
        const alone = replay(one, [request(0, inputTokens, outputTokens)]).served[0];
        expect(alone?.endToEnd).toBeCloseTo(workAtFullBatch(one, size), 9);
        // Eight that come together are the work of eight in a full batch.
        const [first] = replay(
          batching,
          Array.from({ length: 8 }, () => request(0, inputTokens, outputTokens)),
        ).served;
        expect(first?.endToEnd).toBeCloseTo(8 * workAtFullBatch(batching, size), 9);
      }),
    );
  });

  it("the order of requests makes no difference, and none is lost or faster than alone", () => {
    fc.assert(
      fc.property(requests, (trace) => {
        const found = replay(batching, trace);
        expect(replay(batching, [...trace].reverse())).toEqual(found);
        expect(found.served).toHaveLength(trace.length);
        for (const { request: one, endToEnd, ttft } of found.served) {
          const alone = replay(batching, [{ ...one, arrival: seconds(0) }]).served[0];
          expect(endToEnd).toBeGreaterThanOrEqual((alone?.endToEnd ?? 0) - 1e-9);
          expect(ttft).toBeLessThanOrEqual(endToEnd);
        }
      }),
    );
  });

  it("Little's law: requests in the batch over time are the seconds that requests spent in it", () => {
    fc.assert(
      fc.property(requests, (trace) => {
        const { served, time } = replay({ ...batching, places: 100 }, trace);
        const inBatch = time.reduce((sum, each, batch) => sum + each * batch, 0);
        // With a place for all nobody waits for more than the step that runs when he comes.
        const inSystem = served.reduce((sum, { endToEnd }) => sum + endToEnd, 0);
        expect(inBatch).toBeLessThanOrEqual(inSystem + 1e-6);
        const longest = Math.max(...served.map(({ ttft }) => ttft));
        expect(inBatch).toBeGreaterThanOrEqual(inSystem - trace.length * longest - 1e-6);
      }),
    );
  });
});

describe("refuses", () => {
  it.each([
    ["no place", server(1, 1, 0), request(0, 1, 1)],
    ["half a place", server(1, 1, 1.5), request(0, 1, 1)],
    ["steps without time", server(0, 0, 1), request(0, 1, 1)],
    ["prompts that save time", { ...server(1, 1, 1), perPromptToken: -1 }, request(0, 1, 1)],
    ["no output", server(1, 1, 1), request(0, 1, 0)],
    ["half a token", server(1, 1, 1), request(0, 0.5, 1)],
  ])("%s", (_, wrong, one) => {
    expect(() => replay(wrong, [one])).toThrow(RangeError);
  });
});
