import type { FactoryCosts } from "@joulemint/api/FactoryCosts";
import { tokensPerSecond, usdPerHour, usdPerKilowattHour } from "@joulemint/economics/units";
import { type Command, InvalidArgumentError } from "commander";
import { positiveInteger, positiveNumber } from "./options.ts";

/** What the operator knows of its costs. What is not said stays unknown, and so does every figure that needs it. */
export interface CostOptions {
  electricityPrice?: number;
  serverOverhead?: number;
  pue?: number;
  machineHourPrice?: number;
  machines?: number;
  capacity?: number;
}

export function addCostOptions(command: Command): Command {
  return command
    .option("--electricity-price <usd>", "for a kilowatt-hour; unknown unless given", positiveNumber)
    .option(
      "--server-overhead <ratio>",
      "energy of a machine for one unit of energy of its GPUs, at least 1; where these alone are metered",
      ratioFromOne,
    )
    .option("--pue <ratio>", "energy of the facility for one unit of energy of its machines, at least 1", ratioFromOne)
    .option("--machine-hour-price <usd>", "for one machine, without electricity", positiveNumber)
    .option("--machines <n>", "how many machines are paid for", positiveInteger)
    .option(
      "--capacity <n>",
      "output tokens a second that all machines make within their service levels",
      positiveNumber,
    );
}

function ratioFromOne(text: string): number {
  const ratio = positiveNumber(text);
  if (ratio < 1) throw new InvalidArgumentError("what is around uses at least what is inside");
  return ratio;
}

/** Machines are paid for from the start of the factory on. */
export function factoryCosts(options: CostOptions): Omit<FactoryCosts, "energyBoundary"> {
  const { electricityPrice, serverOverhead, pue, machineHourPrice, machines, capacity } = options;
  return {
    electricityPrice: electricityPrice === undefined ? null : usdPerKilowattHour(electricityPrice),
    serverOverhead: serverOverhead ?? null,
    powerUsageEffectiveness: pue ?? null,
    machineHourPrice: machineHourPrice === undefined ? null : usdPerHour(machineHourPrice),
    machines: machines ?? null,
    capacity: capacity === undefined ? null : tokensPerSecond(capacity),
    since: new Date(),
  };
}
