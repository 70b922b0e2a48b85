import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Mutant } from "./findMutants.ts";
import type { Outcome } from "./TestProcess.ts";

export interface Result extends Pick<Mutant, "file" | "line" | "within" | "operator" | "before" | "after">, Outcome {
  readonly id: string;
  /** Equivalent: the compiler makes the same code of it. Invalid: it does not compile, or is another mutant's twin. */
  readonly status: "killed" | "survived" | "equivalent" | "invalid";
  /** Names the code that ran. */
  readonly code?: string;
}

/** What became of each mutant: a file of JSON lines, of which the last about a mutant counts. */
export class Results {
  readonly #path: string;
  readonly #results = new Map<string, Result>();

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
    for (const line of lines.filter(Boolean)) {
      const result = JSON.parse(line) as Result;
      this.#results.set(result.id, result);
    }
  }

  of(id: string): Result | undefined {
    return this.#results.get(id);
  }

  /** Whether another mutant with the same code has run. */
  hasTwin(id: string, code: string): boolean {
    return [...this.#results.values()].some((result) => result.code === code && result.id !== id);
  }

  add(result: Result): void {
    this.#results.set(result.id, result);
    appendFileSync(this.#path, `${JSON.stringify(result)}\n`);
  }

  /** Test files, the likely killer first: what killed in the same function, then in the same file, then its own tests. */
  order(files: readonly string[], { file, within }: Mutant, own: string): string[] {
    const score = new Map(files.map((test) => [test, test.startsWith(own) ? 1 : 0]));
    for (const { killer, ...killed } of this.#results.values()) {
      if (!killer || killed.file !== file) continue;
      score.set(killer.file, (score.get(killer.file) ?? 0) + (killed.within === within ? 100 : 1));
    }
    return [...files].sort((one, other) => (score.get(other) ?? 0) - (score.get(one) ?? 0));
  }
}
