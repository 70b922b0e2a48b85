import type { Claim } from "@joulemint/economics/quantities/Claim";
import { type CheckedClaim, checkClaim } from "@joulemint/economics/quantities/checkClaim";
import { publishedClaims } from "@joulemint/economics/quantities/publishedClaims";
import { restateClaim } from "@joulemint/economics/quantities/restateClaim";
import { seedClaims } from "@joulemint/economics/quantities/seedClaims";
import { builder } from "../builder.ts";
import { decimalOf } from "../decimal.ts";
import { valid } from "../valid.ts";
import { type EconomicAnswer, EconomicResult } from "./EconomicResult.ts";

const claims: ReadonlyMap<string, Claim> = new Map(
  [...seedClaims, ...publishedClaims].map((claim) => [claim.id, claim]),
);

const Verdict = builder.enumType("ClaimVerdict", {
  values: {
    CONSISTENT: { value: "consistent", description: "Nothing contradicts the figure." },
    ROUNDED: { value: "rounded", description: "The figure is the computed one, within its tolerance." },
    INCONSISTENT: { value: "inconsistent", description: "The figure is not the computed one." },
    UNDER_SPECIFIED: {
      value: "under-specified",
      description:
        "Something is missing without which the figure cannot be computed, or means nothing, or the inputs leave it undefined.",
    },
  } as const,
});

interface Checked extends Omit<CheckedClaim, keyof EconomicAnswer>, EconomicAnswer {
  readonly claim: Claim;
}

function checked(claim: Claim, assumed: Readonly<Record<string, number>> = {}): Checked {
  const inputs = Object.entries(claim.inputs).map(([name, value]) => ({
    name,
    value: value ?? assumed[name] ?? null,
    unit: claim.inputUnits?.[name] ?? null,
  }));
  return { claim, inputs, boundary: null, operatingPoint: null, ...checkClaim(claim, assumed) };
}

const ClaimCheck = builder.objectRef<Checked>("ClaimCheck").implement({
  description:
    "A figure that somebody published, and what its own inputs compute to. Boundary and operating point are null: a " +
    "publication states none that all of its figures share, and what it should have said is `missing`.",
  interfaces: [EconomicResult],
  fields: (t) => ({
    id: t.id({ resolve: ({ claim }) => claim.id }),
    source: t.string({ description: "Who said it, where and when.", resolve: ({ claim }) => claim.source }),
    statement: t.string({ resolve: ({ claim }) => claim.statement }),
    unit: t.string({ description: "Of `stated` and `computed`.", resolve: ({ claim }) => claim.unit }),
    stated: t.field({
      type: "Decimal",
      nullable: true,
      description: "null where only the inputs were published.",
      resolve: ({ stated }) => decimalOf(stated),
    }),
    computed: t.field({
      type: "Decimal",
      nullable: true,
      description:
        "null if an input is missing, or if the formula has no finite value there. Never the stated figure in disguise.",
      resolve: ({ computed }) => decimalOf(computed),
    }),
    verdict: t.expose("verdict", { type: Verdict }),
    missing: t.stringList({ resolve: ({ missing }) => [...missing] }),
  }),
});

const NamedValue = builder.inputType("NamedValue", {
  fields: (t) => ({ name: t.string({ required: true }), value: t.field({ type: "Decimal", required: true }) }),
});

const OwnFigures = builder.inputType("OwnFigures", {
  description: "Figures of one's own, in place of all that a claim states.",
  fields: (t) => ({
    stated: t.field({ type: "Decimal", description: "Left out, it is only computed." }),
    tolerance: t.field({
      type: "Decimal",
      required: true,
      defaultValue: 0,
      description: "How far the stated figure may be off by rounding, as a share of it.",
    }),
    inputs: t.field({ type: [NamedValue], required: true, description: "What is left out is missing." }),
  }),
});

/** Throws `RangeError` for two values of one name: which of them is meant nobody knows. */
function byName(values: readonly { readonly name: string; readonly value: number }[]) {
  const named = new Map(values.map(({ name, value }) => [name, value]));
  if (named.size < values.length) throw new RangeError("a name is given twice");
  return Object.fromEntries(named);
}

builder.queryField("claimChecks", (t) =>
  t.field({
    type: [ClaimCheck],
    description: "All claims that `claimCheck` knows, as published.",
    complexity: { field: 1, multiplier: claims.size },
    resolve: () => [...claims.values()].map((claim) => checked(claim)),
  }),
);

builder.queryField("claimCheck", (t) =>
  t.field({
    type: ClaimCheck,
    nullable: true,
    description: "null for a claim that `claimChecks` does not have.",
    args: {
      id: t.arg.id({ required: true }),
      assume: t.arg({
        type: [NamedValue],
        required: true,
        defaultValue: [],
        description: "For inputs that the publication leaves out; a finding names them.",
      }),
      own: t.arg({ type: OwnFigures, description: "Checks these figures by the claim's formula instead." }),
    },
    resolve: (_, { id, assume, own }) => {
      const published = claims.get(id);
      if (published === undefined) return null;
      const assumed = valid("assume", () => byName(assume));
      return valid(own == null ? "assume" : "own", () => {
        const claim =
          own == null
            ? published
            : restateClaim(published, { ...own, stated: own.stated ?? null, inputs: byName(own.inputs) });
        return checked(claim, assumed);
      });
    },
  }),
);
