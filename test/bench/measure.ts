import type { Benchmark, Measurement } from "./Benchmark.ts";

const ROUNDS = 5;

/** Runs ours and the references in turn, a warm-up round first, and compares medians: a noisy machine is noisy for all. */
export async function measure({ name, unit, prepare }: Benchmark): Promise<Measurement> {
  const { ours, reference, close } = await prepare();
  try {
    const candidates = { ours, ...reference };
    const rates: Record<string, number[]> = {};
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [candidate, run] of Object.entries(candidates)) {
        const rate = await run();
        if (round > 0) rates[candidate] = [...(rates[candidate] ?? []), rate];
      }
    }
    const { ours: own = 0, ...others } = Object.fromEntries(
      Object.entries(rates).map(([candidate, values]) => [candidate, median(values)]),
    );
    const ratio = Object.fromEntries(Object.entries(others).map(([peer, value]) => [peer, round(own / value)]));
    return { name, unit, ours: own, reference: others, ratio };
  } finally {
    await close();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
