import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A mutant's creation code by contract, and the test files in the order in which to run them. */
export interface Trial {
  readonly codes: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}

export interface Outcome {
  /** The first test that failed; nothing if all passed. */
  readonly killer?: { readonly file: string; readonly test: string; readonly message: string };
}

const SUITE = fileURLToPath(new URL("suite.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("hardhat.config.ts", import.meta.url));

/** A process with the tests loaded. One that does not answer in time is replaced. */
export class TestProcess {
  readonly #limit: number;
  #child: ChildProcess | undefined;

  /** @param limit Milliseconds that a mutant may take. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  async run(trial: Trial): Promise<Outcome> {
    const child = this.#child ?? (await this.#start());
    const over = new AbortController();
    const { signal } = over;
    const lost = (reason: string) => {
      this.stop();
      return { killer: { file: "", test: "", message: reason } };
    };
    child.send(trial);
    try {
      return await Promise.race([
        once(child, "message", { signal }).then(([outcome]) => outcome as Outcome),
        once(child, "exit", { signal }).then(() => lost("the process ended")),
        setTimeout(this.#limit, undefined, { signal }).then(() => lost("the time was up")),
      ]);
    } finally {
      over.abort();
    }
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  async #start(): Promise<ChildProcess> {
    const env = { ...process.env, HARDHAT_CONFIG: CONFIG, HH_TEST: "true", NODE_ENV: "test" };
    this.#child = fork(SUITE, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    await once(this.#child, "message");
    return this.#child;
  }
}
