import { expectTypeOf, it } from "vitest";
import type { Accelerator } from "./catalogue/Accelerator.ts";
import type { ModelShape } from "./catalogue/ModelShape.ts";
import type { ComputeSystem } from "./catalogue/systems.ts";
import type { PhaseUsage } from "./cost/allocateCost.ts";
import type { CostStack } from "./cost/CostStack.ts";
import type { GpuHourInput } from "./cost/gpuHourCost.ts";
import type { Cohort } from "./demand/Cohort.ts";
import { contextMemory } from "./demand/contextMemory.ts";
import type { HardwareOption, HardwareSite } from "./finance/compareHardware.ts";
import type { Scenario } from "./finance/Scenario.ts";
import type { GroupLimits } from "./production/Placement.ts";
import { type FrontierPoint, paretoFrontier } from "./production/paretoFrontier.ts";
import type { MeasuredPoint } from "./production/ServingCurve.ts";
import type { Slo } from "./production/Slo.ts";
import { throughputAtInteractivity } from "./production/throughputAtInteractivity.ts";
import type { Load } from "./production/utilisation.ts";
import type { Sourced } from "./quantities/Sourced.ts";
import { type OperatingRates, unitEconomics } from "./revenue/unitEconomics.ts";
import * as unit from "./units.ts";

type Value<Field> = Field extends Sourced<infer Inner> ? Inner : Field;
type Bare<Field> = number extends Value<NonNullable<Field>> ? true : false;
/** The fields of an input that take any number: they are counts, calendar years, or factors that may exceed 1. */
type PlainNumbers<Input> = {
  [Name in keyof Required<Input>]: true extends Bare<Required<Input>[Name]> ? Name : never;
}[keyof Input];

/** A row fails to compile if a field that has a unit takes a plain number, and if one that is named here has a unit. */
it("structured inputs take plain numbers only where there is no unit: tsc holds that", () => {
  expectTypeOf<PlainNumbers<OperatingRates>>().toBeNever();
  expectTypeOf<PlainNumbers<CostStack>>().toBeNever();
  expectTypeOf<PlainNumbers<FrontierPoint>>().toBeNever();
  expectTypeOf<PlainNumbers<PhaseUsage>>().toBeNever();
  expectTypeOf<PlainNumbers<Slo>>().toBeNever();
  expectTypeOf<PlainNumbers<GroupLimits>>().toBeNever();
  expectTypeOf<PlainNumbers<MeasuredPoint>>().toEqualTypeOf<"batch">();
  expectTypeOf<PlainNumbers<GpuHourInput>>().toEqualTypeOf<"wacc">();
  expectTypeOf<PlainNumbers<Load>>().toEqualTypeOf<"outputTokens">();
  expectTypeOf<PlainNumbers<HardwareSite>>().toEqualTypeOf<"year">();
  expectTypeOf<PlainNumbers<HardwareOption>>().toEqualTypeOf<"year">();
  expectTypeOf<PlainNumbers<Accelerator>>().toEqualTypeOf<"year" | "transistors">();
  expectTypeOf<PlainNumbers<ComputeSystem>>().toEqualTypeOf<"accelerators" | "processors">();
  expectTypeOf<PlainNumbers<ModelShape>>().toEqualTypeOf<"parameters" | "activeParameters">();
  expectTypeOf<PlainNumbers<Scenario>>().toEqualTypeOf<
    | "months"
    | "firstMonth"
    | "accelerators"
    | "pue"
    | "elasticity"
    | "discountRate"
    | "demandFactorPerYear"
    | "priceFactorPerYear"
  >();
  expectTypeOf<PlainNumbers<Cohort>>().toEqualTypeOf<
    "actors" | "tasksPerDay" | "callsPerTask" | "tokensPerCall" | "amplification"
  >();
});

it("each field is of its own unit: tsc holds that", () => {
  expectTypeOf<FrontierPoint["interactivity"]>().toEqualTypeOf<unit.TokensPerSecondPerUser>();
  expectTypeOf<FrontierPoint["throughput"]>().toEqualTypeOf<unit.TokensPerSecond>();
  expectTypeOf<OperatingRates["utilisation"]>().toEqualTypeOf<unit.Fraction>();
  expectTypeOf<GpuHourInput["lifeYears"]>().toEqualTypeOf<unit.Years>();
  expectTypeOf<GpuHourInput["opexPerYear"]>().toEqualTypeOf<unit.UsdPerYear>();
  expectTypeOf<GroupLimits["memory"]>().toEqualTypeOf<unit.Bytes>();
  expectTypeOf<GroupLimits["bandwidth"]>().toEqualTypeOf<unit.BytesPerSecond>();
  expectTypeOf<GroupLimits["flops"]>().toEqualTypeOf<unit.FlopPerSecond>();
});

/** Each of these lines must fail to compile; `tsc` reports a line that does not. Never called. */
export function mixingInputsDoesNotCompile(rates: OperatingRates, hour: GpuHourInput, chip: Accelerator) {
  const [speed, made] = [unit.tokensPerSecondPerUser(20), unit.tokensPerSecond(900)];
  // @ts-expect-error what a user gets and what a GPU makes are the wrong way round
  paretoFrontier([{ interactivity: made, throughput: speed }]);
  // @ts-expect-error dollars and watts are no point of a frontier
  paretoFrontier([{ interactivity: unit.usd(1), throughput: unit.watts(1) }]);
  // @ts-expect-error the throughput of a machine is not the speed of a user
  throughputAtInteractivity([], made);
  // @ts-expect-error dollars are no utilisation
  unitEconomics({ ...rates, utilisation: unit.usd(0.5) });
  // @ts-expect-error a bare number may be a percentage
  unitEconomics({ ...rates, utilisation: 50 });
  // @ts-expect-error a life of seconds is none of years
  const life: GpuHourInput = { ...hour, lifeYears: unit.seconds(4) };
  // @ts-expect-error a sum is not so much a year
  const opex: GpuHourInput = { ...hour, opexPerYear: unit.usd(1) };
  // @ts-expect-error bandwidth is not memory
  const memory: Accelerator = { ...chip, memory: chip.bandwidth };
  // @ts-expect-error a memory of so many bytes is not what a token takes of it
  const context = contextMemory(unit.llmTokens(1n), unit.bytes(1));
  return [life, opex, memory, context];
}
