import type { HardwareFile } from "./HardwareFile.ts";

/** What a positive number must be called, so that its unit is known. */
const UNITS = /_(gb|tb|e9|w|kw|b|GBps|TBps|tflops|pflops|usd)(_alt|_vendor|_sparse|_dense|_range|_third_party|_bf16)*$/;
/** Counts, years and names: what has no unit. */
const UNITLESS =
  /^(id|gpu|gpus|lpus|cpus|chip|vendor|arch|year|process|mem_type|scaleup|src|notes|confidence|layers|kv_heads|head_dim|mla_latent_dim|attention)$/;
/** Names that carry their unit elsewhere: `pflops_dense`, dollars per GPU-hour (the table's `unit`), bytes. */
const OTHER_UNITS =
  /(pflops_(sparse|dense|vendor)|tflops_(vendor|third_party)|usd_(estimates|bernstein)|kv_bytes_per_token_bf16|hyperscaler|neocloud|rental_3yr)$/;

/**
 * What is wrong with a hardware catalogue: a number without a unit in its name, a value that is not above 0, an id used
 * twice, a chip or a source that is not there, a row without provenance. Empty for a good one.
 */
export function checkHardware(file: HardwareFile): readonly string[] {
  const { chips, systems, inferencex_tco_and_power: hours, model_shapes: models, sources } = file;
  const tables = { chips, systems, hours: hours.rows, models };
  const rows = Object.entries(tables).flatMap(([table, entries]) =>
    entries.map((row) => ({ name: `${table} ${"id" in row ? row.id : row.gpu}`, row })),
  );
  return [
    ...rows.flatMap(({ name, row }) =>
      Object.entries(row).flatMap(([key, value]) => checkField(`${name} ${key}`, key, value)),
    ),
    ...repeated(rows.map(({ name }) => name)).map((name) => `${name} occurs twice`),
    ...systems
      .filter(({ chip }) => !chips.some(({ id }) => id === chip))
      .map(({ id, chip }) => `${id}: no chip ${chip}`),
    ...systems.filter(({ src }) => !src).map(({ id }) => `${id}: no source`),
    ...chips.flatMap(({ id, src, confidence }) => [
      ...src.filter((name) => sources[name] === undefined).map((name) => `${id}: no source ${name}`),
      ...(src.length === 0 && confidence === undefined ? [`${id}: neither source nor confidence`] : []),
    ]),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(hours.as_of) ? [] : [`GPU-hours as of "${hours.as_of}"`]),
  ];
}

function checkField(name: string, key: string, value: unknown): readonly string[] {
  const numbers = [value].flat().filter((one) => typeof one === "number");
  const wrong = numbers.filter((one) => !(one > 0 && Number.isFinite(one)));
  const unitKnown = UNITS.test(key) || UNITLESS.test(key) || OTHER_UNITS.test(key);
  return [
    ...wrong.map((one) => `${name}: ${one}`),
    ...(numbers.length > 0 && !unitKnown ? [`${name}: which unit?`] : []),
  ];
}

const repeated = (names: readonly string[]): readonly string[] =>
  names.filter((name, index) => names.indexOf(name) !== index);
