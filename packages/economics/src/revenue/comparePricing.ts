import type { Usd } from "../units.ts";
import { type Margin, margin } from "./margin.ts";
import { type FormName, PRICING_FAMILIES, type PricingForm } from "./PricingForm.ts";
import { rateWorkload, type Workload } from "./rateWorkload.ts";

export type PricingRow = Margin & {
  readonly form: FormName;
  readonly family: (typeof PRICING_FAMILIES)[FormName];
  readonly revenue: Usd;
  readonly disputed: Usd;
  readonly cost: Usd;
};

/** One workload sold in several forms. What it costs to serve is the same in all; only what it brings differs. */
export const comparePricing = (workload: Workload, forms: readonly PricingForm[], cost: Usd): readonly PricingRow[] =>
  forms.map((form) => {
    const { revenue, disputed } = rateWorkload(workload, form);
    return { form: form.form, family: PRICING_FAMILIES[form.form], revenue, disputed, cost, ...margin(revenue, cost) };
  });
