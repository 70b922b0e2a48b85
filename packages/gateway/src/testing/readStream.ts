/** What a streamed answer's caller heard. */
export interface HeardStream {
  readonly text: string;
  /** Of each answer, in the order in which they ended. */
  readonly finishReasons: readonly string[];
  /** The chunk without choices that closes it. */
  readonly usage: Readonly<Record<string, unknown>> | null;
  readonly errorCode: string | null;
  readonly done: boolean;
}

interface Chunk {
  readonly choices?: readonly {
    readonly delta: { readonly content?: string };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: Readonly<Record<string, unknown>> | null;
  readonly error?: { readonly code: string };
}

/** Reads a streamed answer to its end. */
export async function readStream(answer: Response): Promise<HeardStream> {
  const data = (await answer.text()).split("\n\n").filter((event) => event.startsWith("data: "));
  const events = data.map((event) => event.slice("data: ".length));
  const chunks = events.filter((event) => event !== "[DONE]").map((event) => JSON.parse(event) as Chunk);
  const choices = chunks.flatMap((chunk) => chunk.choices ?? []);
  return {
    text: choices.map(({ delta }) => delta.content ?? "").join(""),
    finishReasons: choices.map((choice) => choice.finish_reason).filter((reason) => reason !== null),
    usage: chunks.findLast((chunk) => chunk.choices?.length === 0)?.usage ?? null,
    errorCode: chunks.find((chunk) => chunk.error !== undefined)?.error?.code ?? null,
    done: events.at(-1) === "[DONE]",
  };
}
