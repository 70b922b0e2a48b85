/** What an inference server is told to do with a call, in the call's own field `script`. Counts are of tokens. */
export interface Script {
  readonly prompt: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
  /** Chunks of text of a stream; the running usage reaches the whole with the last of them. */
  readonly chunks: number;
  /**
   * `limit`: it writes until the limit that it is given. `wait`: after the last chunk, until the caller leaves. `break`:
   * the server dies there. `refuse`: an error at once.
   */
  readonly end: "finish" | "limit" | "wait" | "break" | "refuse";
}

/** What is used up when so many chunks are out: disjoint classes. */
export interface ScriptUsage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

export function usageAt({ prompt, cached, output, reasoning, chunks }: Script, chunk: number): ScriptUsage {
  const completion = Math.floor(((output + reasoning) * chunk) / chunks);
  const thought = Math.floor((reasoning * chunk) / chunks);
  return { input: prompt - cached, cached, output: completion - thought, reasoning: thought };
}
