import { builder } from "../builder.ts";
import { decimalOf } from "../decimal.ts";

export interface EconomicInputShape {
  readonly name: string;
  readonly value: unknown;
  readonly unit: string | null;
}

export const EconomicInput = builder.objectRef<EconomicInputShape>("EconomicInput").implement({
  description: "What a figure was computed from.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "As the query takes it." }),
    value: t.field({
      type: "Decimal",
      nullable: true,
      description: "null: unknown, or a list, which is as it was given.",
      resolve: ({ value }) => decimalOf(typeof value === "number" ? value : null),
    }),
    unit: t.exposeString("unit", {
      nullable: true,
      description: "null where it is unknown, or only in the words of a publication.",
    }),
  }),
});
