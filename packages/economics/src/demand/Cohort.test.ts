import fc from "fast-check";
import { expect, it } from "vitest";
import { years } from "../units.ts";
import { type Cohort, demandOf } from "./Cohort.ts";

const people: Cohort = {
  name: "people",
  kind: "human",
  actors: 1_000_000,
  growth: { kind: "linear", perYear: 100_000 },
  tasksPerDay: 5,
  callsPerTask: 2,
  tokensPerCall: 500,
  amplification: 1,
};
/** Multi-agent workflows use about 15 times the tokens of a chat (Anthropic, 2025-06). */
const agents: Cohort = {
  ...people,
  name: "agents",
  kind: "agent",
  actors: 20_000,
  growth: { kind: "compounding", factorPerYear: 2 },
  tasksPerDay: 100,
  amplification: 15,
};

it("C16: demand is tasks x calls x tokens x amplification", () => {
  expect(demandOf([people], years(0)).demand).toBeCloseTo((1e6 * 5 * 2 * 500 * 1) / 86_400, 6);
  expect(demandOf([agents], years(0)).demand).toBeCloseTo((20_000 * 100 * 2 * 500 * 15) / 86_400, 6);
});

it("C19: humans and agents arrive in one stream", () => {
  const { callsPerSecond, demand, agentShare, cohorts } = demandOf([people, agents], years(0));
  expect(callsPerSecond).toBeCloseTo((1e6 * 5 * 2 + 20_000 * 100 * 2) / 86_400, 9);
  expect(demand).toBeCloseTo((5e9 + 30e9) / 86_400, 3);
  expect(agentShare).toBeCloseTo(30 / 35, 12);
  expect(cohorts.map(({ name }) => name)).toEqual(["agents", "people"]);
});

it("C17: people grow by the same number, agents by the same factor, and amplification multiplies once", () => {
  const later = demandOf([people, agents], years(3));
  expect(later.cohorts.map(({ actors }) => actors)).toEqual([160_000, 1_300_000]);
  const twice = { ...agents, amplification: 30 };
  for (const year of [0, 1, 5].map(years)) {
    expect(demandOf([twice], year).demand / demandOf([agents], year).demand).toBeCloseTo(2, 12);
  }
});

it("C18: the number of agents bounds nothing alone: the bound is a product and is printed with all its factors", () => {
  const [cohort] = demandOf([agents], years(0)).cohorts;
  expect(cohort?.bound).toBe(
    "20000 agents x 100 tasks/day x 2 calls/task x 500 tokens/call x 15 = 30000000000 tokens/day",
  );
  const busier = demandOf([{ ...agents, tasksPerDay: 1000 }], years(0));
  expect(busier.cohorts[0]?.actors).toBe(20_000);
  expect(busier.demand / demandOf([agents], years(0)).demand).toBeCloseTo(10, 12);
});

it("no demand has no agents' share, and the order of cohorts does not matter", () => {
  expect(demandOf([], years(1))).toMatchObject({ demand: 0, agentShare: null });
  const cohort = fc.record({ actors: fc.double({ min: 0, max: 1e6, noNaN: true }), name: fc.uuid() });
  fc.assert(
    fc.property(fc.uniqueArray(cohort, { minLength: 2, maxLength: 5, selector: ({ name }) => name }), (some) => {
      const cohorts = some.map((each) => ({ ...people, ...each }));
      expect(demandOf([...cohorts].reverse(), years(1))).toEqual(demandOf(cohorts, years(1)));
    }),
  );
});

it.each<[string, Partial<Cohort>]>([
  ["actors", { actors: -1 }],
  ["tasksPerDay", { tasksPerDay: Number.NaN }],
  ["amplification", { amplification: 0.5 }],
])("refuses wrong %s, and names them", (name, wrong) => {
  expect(() => demandOf([{ ...people, ...wrong }], years(0))).toThrow(name);
});
