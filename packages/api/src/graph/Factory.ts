import { readProduction, type Window } from "@joulemint/ledger/read/readProduction";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Bucket, buckets } from "../buckets.ts";
import { builder } from "../builder.ts";
import type { Context } from "../Context.ts";
import { groupBy } from "../groupBy.ts";
import { type ProductionFigures, productionFigures } from "../productionFigures.ts";
import { Interval } from "./enums.ts";
import { Production } from "./Production.ts";

const DAY = 86_400_000;

interface Asked {
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

/** A window as it was asked for: until now, and for a day, unless it says otherwise. */
function windowOf(asked: Asked | null | undefined, now: Date): Window {
  const to = asked?.to ?? now;
  const from = asked?.from ?? new Date(to.getTime() - DAY);
  if (from < to) return { from, to };
  throw new JoulemintError("BAD_REQUEST", {
    field: "window",
    expected: "from before to",
    actual: `${from.toISOString()} to ${to.toISOString()}`,
  });
}

const FactoryBucket = builder.objectRef<ProductionFigures & Bucket>("FactoryBucket").implement({
  description: "Production of one interval.",
  interfaces: [Production],
  fields: (t) => ({
    start: t.expose("start", { type: "DateTime" }),
    end: t.expose("end", { type: "DateTime" }),
    partial: t.exposeBoolean("partial", {
      description: "The window or the present cuts this bucket: do not compare it with whole ones.",
    }),
  }),
});

async function series(window: Window, interval: number, fill: boolean, context: Context) {
  const all = buckets(window, interval, context.now);
  const records = await readProduction(await context.reader(), window, interval);
  const byStart = groupBy(records, ({ start }) => start.getTime());
  const wanted = fill ? all : all.filter(({ start }) => byStart.has(start.getTime()));
  return Promise.all(
    wanted.map(async (bucket) => ({
      ...bucket,
      ...(await productionFigures(byStart.get(bucket.start.getTime()) ?? [], bucket, context)),
    })),
  );
}

const Factory = builder.objectRef<ProductionFigures & Window>("Factory").implement({
  description: "Production over a window: calls that ended at `from` or later, and before `to`.",
  interfaces: [Production],
  fields: (t) => ({
    from: t.expose("from", { type: "DateTime" }),
    to: t.expose("to", { type: "DateTime" }),
    series: t.field({
      type: [FactoryBucket],
      description: "The same figures in buckets, of the same window unless it names another; 1000 at most.",
      args: {
        interval: t.arg({ type: Interval, required: true }),
        from: t.arg({ type: "DateTime" }),
        to: t.arg({ type: "DateTime" }),
        fill: t.arg.boolean({ defaultValue: true, required: true, description: "Whether to give empty buckets too." }),
      },
      // One read, however many buckets; their number depends on the window, which a cost known before running cannot.
      complexity: { field: 10, multiplier: 20 },
      resolve: (factory, { interval, from, to, fill }, context) =>
        series(windowOf({ from: from ?? factory.from, to: to ?? factory.to }, context.now), interval, fill, context),
    }),
  }),
});

const WindowInput = builder.inputType("Window", {
  description: "`to` is now, and `from` a day before it, unless they are given.",
  fields: (t) => ({ from: t.field({ type: "DateTime" }), to: t.field({ type: "DateTime" }) }),
});

builder.queryField("factory", (t) =>
  t.field({
    type: Factory,
    args: { window: t.arg({ type: WindowInput }) },
    complexity: { field: 10, multiplier: 1 },
    resolve: async (_, args, context) => {
      const window = windowOf(args.window, context.now);
      const records = await readProduction(await context.reader(), window);
      return { ...window, ...(await productionFigures(records, window, context)) };
    },
  }),
);
