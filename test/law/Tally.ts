/** How often each kind of operation was tried, and how often it succeeded. */
export class Tally {
  readonly #counts = new Map<string, { attempts: number; successes: number }>();
  /** What happened along the way, and how often. */
  readonly #sights = new Map<string, number>();

  constructor(kinds: readonly string[]) {
    for (const kind of kinds) this.#counts.set(kind, { attempts: 0, successes: 0 });
  }

  count(kind: string, attempts: number, successes: number): void {
    const counted = this.#counts.get(kind) ?? { attempts: 0, successes: 0 };
    counted.attempts += attempts;
    counted.successes += successes;
    this.#counts.set(kind, counted);
  }

  see(sights: ReadonlyMap<string, number>): void {
    for (const [what, times] of sights) this.#sights.set(what, this.seen(what) + times);
  }

  seen(what: string): number {
    return this.#sights.get(what) ?? 0;
  }

  add(other: Tally): void {
    for (const [kind, { attempts, successes }] of other.#counts) this.count(kind, attempts, successes);
    this.see(other.#sights);
  }

  get attempts(): number {
    return [...this.#counts.values()].reduce((sum, { attempts }) => sum + attempts, 0);
  }

  /** Kinds that succeeded less often than that, or in a smaller share of what was tried. */
  rarerThan({ times, share }: { readonly times: number; readonly share: number }): string[] {
    const rare = [...this.#counts].filter(([, { attempts, successes }]) => {
      return successes < times || successes < attempts * share;
    });
    return rare.map(([kind]) => kind);
  }

  table(title: string): string {
    const rows = [...this.#counts].map(
      ([kind, { attempts, successes }]) => `  ${kind.padEnd(30)}${pad(attempts)}${pad(successes)}`,
    );
    const sights = [...this.#sights].map(([what, times]) => `  ${what.padEnd(46)}${pad(times)}`);
    return [title, `  ${"operation".padEnd(30)}   tried  succeeded`, ...rows, "  along the way", ...sights].join("\n");
  }
}

const pad = (count: number): string => String(count).padStart(8);
