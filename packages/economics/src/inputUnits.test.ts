import { expectTypeOf, it } from "vitest";
import { admitClasses } from "./allocation/admitClasses.ts";
import { deadlineCapacity } from "./allocation/deadlineCapacity.ts";
import { megawattCapital } from "./allocation/megawattCapital.ts";
import type { NormalTier } from "./allocation/protectionLevels.ts";
import type { TierPromise } from "./allocation/tierCapacity.ts";
import type { Accelerator } from "./catalogue/Accelerator.ts";
import type { ModelShape } from "./catalogue/ModelShape.ts";
import type { ComputeSystem } from "./catalogue/systems.ts";
import type { PhaseUsage } from "./cost/allocateCost.ts";
import type { CostStack } from "./cost/CostStack.ts";
import type { EnergyOverheads } from "./cost/energyAtFacility.ts";
import type { GpuHourInput } from "./cost/gpuHourCost.ts";
import type { Cohort } from "./demand/Cohort.ts";
import { contextMemory } from "./demand/contextMemory.ts";
import type { HardwareOption, HardwareSite } from "./finance/compareHardware.ts";
import type { Distribution } from "./finance/Distribution.ts";
import { internalRateOfReturn } from "./finance/internalRateOfReturn.ts";
import type { PriceStep } from "./finance/pricePath.ts";
import type { Scenario } from "./finance/Scenario.ts";
import type { RequestSize } from "./production/BatchServer.ts";
import type { DecodeStep } from "./production/decodeBound.ts";
import type { MeasuredPoint } from "./production/distinctBatches.ts";
import { endToEndLatency } from "./production/endToEndLatency.ts";
import { erlangB } from "./production/erlangB.ts";
import type { LoadCurve } from "./production/LoadCurve.ts";
import type { GroupLimits } from "./production/Placement.ts";
import { type FrontierPoint, paretoFrontier } from "./production/paretoFrontier.ts";
import type { RequestStream } from "./production/poissonRequests.ts";
import type { Slo } from "./production/Slo.ts";
import { throughputAtInteractivity } from "./production/throughputAtInteractivity.ts";
import type { trainingTime } from "./production/trainingTime.ts";
import type { Load } from "./production/utilisation.ts";
import type { OperatingPoint } from "./quantities/OperatingPoint.ts";
import type { Sourced } from "./quantities/Sourced.ts";
import { type OperatingRates, unitEconomics } from "./revenue/unitEconomics.ts";
import * as unit from "./units.ts";

type Value<Field> = Field extends Sourced<infer Inner> ? Inner : Field;
type ValueOf<Input, Name extends keyof Input> = Value<NonNullable<Required<Input>[Name]>>;

/** The fields of an input that take any bare number: counts, factors, and what their names say. */
type PlainNumbers<Input> = {
  [Name in keyof Input]-?: number extends ValueOf<Input, Name> ? Name : never;
}[keyof Input];

type Constructors = typeof unit;
type Unit = {
  [Name in keyof Constructors]: Constructors[Name] extends (value: number) => infer Branded ? Branded : never;
}[keyof Constructors];
/** The units that a field takes besides its own. */
type Foreign<Field, Some = Unit> = Some extends Field ? (Field extends Some ? never : Some) : never;
type Mixing<Input> = {
  [Name in keyof Input]-?: [Foreign<ValueOf<Input, Name>>] extends [never] ? never : Name;
}[keyof Input];

type TrainingRun = Parameters<typeof trainingTime>[0];

it("no field of a structured input takes another unit than its own: tsc holds that", () => {
  expectTypeOf<Mixing<OperatingRates>>().toBeNever();
  expectTypeOf<Mixing<CostStack>>().toBeNever();
  expectTypeOf<Mixing<FrontierPoint>>().toBeNever();
  expectTypeOf<Mixing<PhaseUsage>>().toBeNever();
  expectTypeOf<Mixing<Slo>>().toBeNever();
  expectTypeOf<Mixing<GroupLimits>>().toBeNever();
  expectTypeOf<Mixing<GpuHourInput>>().toBeNever();
  expectTypeOf<Mixing<Load>>().toBeNever();
  expectTypeOf<Mixing<HardwareSite>>().toBeNever();
  expectTypeOf<Mixing<HardwareOption>>().toBeNever();
  expectTypeOf<Mixing<Accelerator>>().toBeNever();
  expectTypeOf<Mixing<ComputeSystem>>().toBeNever();
  expectTypeOf<Mixing<ModelShape>>().toBeNever();
  expectTypeOf<Mixing<Scenario>>().toBeNever();
  expectTypeOf<Mixing<Cohort>>().toBeNever();
  expectTypeOf<Mixing<OperatingPoint>>().toBeNever();
  expectTypeOf<Mixing<DecodeStep>>().toBeNever();
  expectTypeOf<Mixing<RequestSize>>().toBeNever();
  expectTypeOf<Mixing<TrainingRun>>().toBeNever();
  expectTypeOf<Mixing<PriceStep>>().toBeNever();
  expectTypeOf<Mixing<Distribution>>().toBeNever();
  expectTypeOf<Mixing<MeasuredPoint>>().toBeNever();
  expectTypeOf<Mixing<LoadCurve>>().toBeNever();
  expectTypeOf<Mixing<RequestStream>>().toBeNever();
  expectTypeOf<Mixing<EnergyOverheads>>().toBeNever();
  expectTypeOf<Mixing<NormalTier>>().toBeNever();
  expectTypeOf<Mixing<TierPromise>>().toBeNever();
});

/** A row fails to compile if a field that has a unit takes a bare number, and if one that is named here does not. */
it("structured inputs take bare numbers only where no unit is needed: tsc holds that", () => {
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
export function mixingInputsDoesNotCompile(
  rates: OperatingRates,
  hour: GpuHourInput,
  chip: Accelerator,
  scenario: Scenario,
) {
  const [speed, made] = [unit.tokensPerSecondPerUser(20), unit.tokensPerSecond(900)];
  // @ts-expect-error what a user gets and what a GPU makes are the wrong way round
  paretoFrontier([{ interactivity: made, throughput: speed }]);
  // @ts-expect-error dollars and watts are no point of a frontier
  paretoFrontier([{ interactivity: unit.usd(1), throughput: unit.watts(1) }]);
  // @ts-expect-error the throughput of a machine is not the speed of a user
  throughputAtInteractivity([], made);
  // @ts-expect-error tokens of an answer are no time
  endToEndLatency(unit.seconds(1), unit.seconds(0.1), unit.seconds(100));
  // @ts-expect-error a batch is no throughput
  const step: DecodeStep = { batch: made, context: 0 };
  // @ts-expect-error a PUE is no price of electricity
  const site: Scenario = { ...scenario, pue: scenario.electricity };
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
  // @ts-expect-error dollars are no rate of interest
  megawattCapital(unit.usdPerHour(500), unit.usd(1), unit.years(4));
  // @ts-expect-error seconds are no years
  megawattCapital(unit.usdPerHour(500), 0.1, unit.seconds(4));
  // @ts-expect-error a deadline is a count of intervals
  deadlineCapacity([made], unit.seconds(4));
  // @ts-expect-error a megawatt is not a place
  admitClasses(unit.watts(8), []);
  // @ts-expect-error dollars and watts are no flows of one account
  internalRateOfReturn([unit.usd(1), unit.watts(1)]);
  // @ts-expect-error erlangs have no unit
  erlangB(8, unit.requestsPerSecond(4));
  return [life, opex, memory, context, step, site];
}
