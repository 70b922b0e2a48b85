import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { addCostOptions, factoryCosts } from "./costOptions.ts";

const costsOf = (...args: string[]) => {
  const command = addCostOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr() {} });
  return factoryCosts(command.parse(args, { from: "user" }).opts());
};
const unknown = {
  electricityPrice: null,
  serverOverhead: null,
  powerUsageEffectiveness: null,
  machineHourPrice: null,
  machines: null,
  capacity: null,
};

describe("what an operator says of its costs", () => {
  it.each<[string[], object]>([
    [[], {}],
    [["--electricity-price", "0.12"], { electricityPrice: 0.12 }],
    [["--server-overhead", "1.6", "--pue", "1.25"], { serverOverhead: 1.6, powerUsageEffectiveness: 1.25 }],
    [["--machine-hour-price", "2.8", "--machines", "8"], { machineHourPrice: 2.8, machines: 8 }],
    [["--capacity", "900"], { capacity: 900 }],
  ])("%j is known, and nothing else", (args, known) => {
    expect(costsOf(...args)).toEqual({ ...unknown, ...known, since: expect.any(Date) });
  });

  it.each([
    ["a machine that uses less than its GPUs", ["--server-overhead", "0.9"]],
    ["a facility that uses less than its machines", ["--pue", "0.99"]],
    ["no ratio", ["--server-overhead", "much"]],
    ["half a machine", ["--machines", "0.5"]],
  ])("refuses %s", (_, args) => {
    expect(() => costsOf(...args)).toThrow(expect.objectContaining({ code: "commander.invalidArgument" }));
  });
});
