/** How often each kind of operation was tried, and how often it succeeded. */
export class Tally {
  readonly #counts = new Map<string, { attempts: number; successes: number }>();

  constructor(kinds: readonly string[]) {
    for (const kind of kinds) this.#counts.set(kind, { attempts: 0, successes: 0 });
  }

  count(kind: string, attempts: number, successes: number): void {
    const counted = this.#counts.get(kind) ?? { attempts: 0, successes: 0 };
    counted.attempts += attempts;
    counted.successes += successes;
    this.#counts.set(kind, counted);
  }

  add(other: Tally): void {
    for (const [kind, { attempts, successes }] of other.#counts) this.count(kind, attempts, successes);
  }

  get attempts(): number {
    return [...this.#counts.values()].reduce((sum, { attempts }) => sum + attempts, 0);
  }

  /** Kinds that succeeded less often than that. */
  rarerThan(successes: number): string[] {
    return [...this.#counts].filter(([, counted]) => counted.successes < successes).map(([kind]) => kind);
  }

  table(title: string): string {
    const rows = [...this.#counts].map(
      ([kind, { attempts, successes }]) => `  ${kind.padEnd(30)}${pad(attempts)}${pad(successes)}`,
    );
    return [title, `  ${"operation".padEnd(30)}   tried  succeeded`, ...rows].join("\n");
  }
}

const pad = (count: number): string => String(count).padStart(8);
