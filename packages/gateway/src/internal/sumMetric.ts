/**
 * The sum of all samples of a metric in Prometheus text format, over every label set (GPUs, engines, models); `null`
 * when the metric is absent or a sample of it is no finite number. Counters are rounded to whole units.
 */
export function sumMetric(text: string, name: string): bigint | null {
  let sum: bigint | null = null;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (at !== 0 && text[at - 1] !== "\n") continue;
    const end = text.indexOf("\n", at);
    const rest = text.slice(at + name.length, end === -1 ? undefined : end);
    // A longer name, such as `..._created`, starts the same way.
    const sample = /^(?:\{.*\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?[ \t\r]*$/.exec(rest);
    if (sample === null) continue;
    const value = Number(sample[1]);
    if (!Number.isFinite(value)) return null;
    sum = (sum ?? 0n) + BigInt(Math.round(value));
  }
  return sum;
}
