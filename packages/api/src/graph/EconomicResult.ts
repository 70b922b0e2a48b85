import type { Boundary } from "@joulemint/economics/cost/Boundary";
import type { Finding } from "@joulemint/economics/quantities/Finding";
import type { OperatingPoint as Point } from "@joulemint/economics/quantities/OperatingPoint";
import type { Result } from "@joulemint/economics/quantities/Result";
import { builder } from "../builder.ts";
import { EconomicFinding } from "./EconomicFinding.ts";
import { EconomicInput, type EconomicInputShape } from "./EconomicInput.ts";
import { EnergyBoundary } from "./EnergyBoundary.ts";
import { OperatingPoint } from "./OperatingPoint.ts";

export interface EconomicAnswer {
  readonly boundary: Boundary | null;
  readonly operatingPoint: Point | null;
  readonly inputs: readonly EconomicInputShape[];
  readonly findings: readonly Finding[];
}

/** What a result of economics says of all figures that rest on the same inputs; `nameOf` is how a query calls them. */
export const answerOf = (
  { boundary, operatingPoint, inputsUsed, findings }: Result<unknown>,
  nameOf: (key: string) => string = (key) => key,
): EconomicAnswer => ({
  boundary,
  operatingPoint,
  inputs: Object.entries(inputsUsed).map(([key, { value, unit }]) => ({ name: nameOf(key), value, unit })),
  findings,
});

/** The most inputs, or findings, that an answer is reckoned to have. */
const MANY = 20;

export const EconomicResult = builder.interfaceRef<EconomicAnswer>("EconomicResult").implement({
  description: "What a reader has to know of figures that economics computed. Units are in the names of the figures.",
  fields: (t) => ({
    boundary: t.field({
      type: EnergyBoundary,
      nullable: true,
      description: "Of the power and energy in all figures; null: there is none in them, or nobody said.",
      resolve: ({ boundary }) => boundary,
    }),
    operatingPoint: t.field({
      type: OperatingPoint,
      nullable: true,
      description: "What throughputs and speeds hold for, as whoever gave them says; null: nobody said.",
      resolve: ({ operatingPoint }) => operatingPoint,
    }),
    inputs: t.field({
      type: [EconomicInput],
      description: "All of them, also those that were left out and have a default.",
      complexity: { field: 1, multiplier: MANY },
      resolve: ({ inputs }) => [...inputs],
    }),
    findings: t.field({
      type: [EconomicFinding],
      description: "Of any figure. That an operating point is missing is one of them.",
      complexity: { field: 1, multiplier: MANY },
      resolve: ({ findings }) => [...findings],
    }),
  }),
});
