import { describe, expect, it } from "vitest";
import type { Boundary } from "../../cost/Boundary.ts";
import type { Result } from "../Result.ts";
import type { Sourced } from "../Sourced.ts";
import { sourced } from "./sourced.ts";

type Figures = Result<unknown> | Readonly<Record<string, Result<unknown>>>;
type Row = { readonly figures: Figures; readonly plain: unknown; readonly boundary: Boundary };

export const chat = { model: "llama-3.1-70b", precision: "fp8", interactivity: 50 };

type Units = { readonly expected?: Readonly<Record<string, string | readonly string[]>> };

/** A result of inputs that all have one boundary and one operating point, beside the plain formula's answer. */
export function row<Inputs extends object>(
  result: ((inputs: { readonly [Name in keyof Inputs]: Sourced<Inputs[Name]> }) => Figures) & Units,
  inputs: NoInfer<Inputs>,
  formula: (inputs: NoInfer<Inputs>) => unknown,
  boundary: Boundary = "facility",
): Row {
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      const unit = [result.expected?.[name]].flat()[0];
      return [name, sourced(value, unit ?? "1", { boundary, operatingPoint: chat })];
    }),
  ) as { readonly [Name in keyof Inputs]: Sourced<Inputs[Name]> };
  return { figures: result(given), plain: formula(inputs), boundary };
}

const isResult = (figures: Figures): figures is Result<unknown> => "inputsUsed" in figures && "asOf" in figures;

/** The figures by name; one alone has none. */
function named({ figures, plain }: Row): readonly (readonly [name: string, figure: Result<unknown>, plain: unknown])[] {
  if (!isResult(figures)) {
    const answer = plain as Readonly<Record<string, unknown>>;
    return Object.entries(figures).map(([name, figure]) => [name, figure, answer[name]]);
  }
  const estimated = typeof plain === "object" && plain !== null && "interval" in plain && "value" in plain;
  return [["", figures, estimated ? plain.value : plain]];
}

/** Holds every formula of a file of results: what the plain one says, with all that a reader has to know. */
export function describeResults<Name extends string>(rows: Readonly<Record<Name, Row>>): void {
  describe("every result", () => {
    it.each(Object.entries<Row>(rows))(
      "%s has the plain formula's figures, each with all of its provenance",
      (_, of) => {
        const figures = named(of);
        expect(figures.length).toBeGreaterThan(0);
        for (const [, figure, plain] of figures) {
          expect(plain).not.toBeUndefined();
          expect(figure.value).toEqual(plain);
          expect(figure).toMatchObject({
            unit: expect.stringMatching(/./),
            boundary: of.boundary,
            operatingPoint: chat,
            source: expect.stringContaining("computed from"),
            asOf: "2026-11-19",
            confidence: "published",
          });
          expect(Object.keys(figure.inputsUsed).length).toBeGreaterThan(0);
          expect(Array.isArray(figure.findings)).toBe(true);
        }
      },
    );
  });
}
