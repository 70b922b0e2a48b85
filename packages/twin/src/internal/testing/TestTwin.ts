import { createTwin } from "../../createTwin.ts";
import type { TwinOptions } from "../../TwinOptions.ts";
import type { Usage } from "../Usage.ts";

/** Prose with characters of one to four bytes, some of which the tokenizer cuts into several tokens. */
export const PROSE = [
  "The meter counts every token. A token that nobody counted is a token that nobody paid for! Does the meter sleep? No.",
  "Power flows into the factory → tokens flow out. The factory sells tokens, and the DAO's holders earn 1234 dollars.",
  "電気がトークンになる。Every joule in, every token out 🙂🙃 ─ every cent split. L'été, the meter's café is “open”.",
  "A session holds credits; a voucher spends them. The gateway signs a receipt for each call.\nThe settler posts it.",
];

interface Choice {
  readonly message: { readonly role: string; readonly content: string };
  readonly finish_reason: string;
}

export interface Completion {
  readonly choices: readonly [Choice, ...Choice[]];
  readonly usage: Usage;
}

export interface Chunk {
  readonly choices: readonly {
    readonly index: number;
    readonly delta: { readonly content?: string };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: Usage | null;
}

/** A twin and a client for it. */
export class TestTwin {
  readonly url: string;
  readonly close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.close = close;
  }

  static async start(options: Partial<TwinOptions> = {}): Promise<TestTwin> {
    const { url, close } = await createTwin({ corpus: { texts: PROSE }, ...options });
    return new TestTwin(url, close);
  }

  post(fields: object, signal?: AbortSignal): Promise<Response> {
    const messages = [{ role: "user", content: "What does the meter count?" }];
    const body = JSON.stringify({ model: "joulemint-markov", messages, ...fields });
    return fetch(`${this.url}/v1/chat/completions`, { method: "POST", body, signal: signal ?? null });
  }

  async complete(fields: object): Promise<Completion> {
    const response = await this.post(fields);
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as Completion;
  }

  /** The chunks of a streamed completion, `[DONE]` checked and left out. */
  async stream(fields: object): Promise<Chunk[]> {
    const response = await this.post({ stream: true, ...fields });
    const events = (await response.text()).trimEnd().split("\n\n");
    if (events.pop() !== "data: [DONE]") throw new Error("the stream has no end");
    return events.map((event) => JSON.parse(event.slice("data: ".length)) as Chunk);
  }

  /** The value of a sample of /metrics whose line starts with `name` and has `label`. */
  async metric(name: string, label = ""): Promise<number> {
    const lines = (await (await fetch(`${this.url}/metrics`)).text()).split("\n");
    const line = lines.find((candidate) => candidate.startsWith(name) && candidate.includes(label));
    return Number(line?.split(" ").at(-1) ?? Number.NaN);
  }
}
