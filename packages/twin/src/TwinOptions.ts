import { B200_SYSTEM, type HardwareProfile } from "./HardwareProfile.ts";

/** All of it can be cloned into a worker thread. */
export interface TwinOptions {
  /** What to learn from: texts, or the prose of a directory (Markdown, comments of sources) up to `maxBytes`, 512 KiB. */
  readonly corpus: { readonly directory: string; readonly maxBytes?: number } | { readonly texts: readonly string[] };
  readonly modelName?: string;
  /** Tokens per second: decoding per answer, prefill per request. 0, Infinity or absent: as fast as it goes. */
  readonly speed?: { readonly tokensPerSecond?: number; readonly prefillTokensPerSecond?: number };
  readonly hardware?: HardwareProfile;
  /** Requests generated at once; others wait. */
  readonly maxRunning?: number;
  /** Tokens of a prompt and its answer together. */
  readonly maxModelLen?: number;
  /** The limit of an answer when the request names none. */
  readonly defaultMaxTokens?: number;
  readonly maxBodyBytes?: number;
  /** Fixes the answers to requests that have no seed, by the order in which they come. */
  readonly seed?: number;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port?: number;
}

/** Learnt in some 0.2 s. */
const CORPUS_BYTES = 512 * 1024;

const speed = (tokensPerSecond = 0): number => {
  if (!(tokensPerSecond >= 0)) throw new RangeError(`a speed must be at least 0 tokens per second: ${tokensPerSecond}`);
  return tokensPerSecond === 0 ? Number.POSITIVE_INFINITY : tokensPerSecond;
};

const positive = (name: string, value: number): number => {
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer: ${value}`);
  return value;
};

/** The options with their defaults. Throws `RangeError` for a number that makes no sense. */
export function resolveOptions(options: TwinOptions) {
  const maxModelLen = positive("maxModelLen", options.maxModelLen ?? 131_072);
  return {
    corpus: options.corpus,
    corpusBytes: positive(
      "maxBytes",
      "directory" in options.corpus ? (options.corpus.maxBytes ?? CORPUS_BYTES) : CORPUS_BYTES,
    ),
    modelName: options.modelName ?? "joulemint-markov",
    speed: {
      decode: speed(options.speed?.tokensPerSecond),
      prefill: speed(options.speed?.prefillTokensPerSecond),
    },
    hardware: options.hardware ?? B200_SYSTEM,
    maxRunning: positive("maxRunning", options.maxRunning ?? 256),
    maxModelLen,
    defaultMaxTokens: positive("defaultMaxTokens", options.defaultMaxTokens ?? 1024),
    maxBodyBytes: positive("maxBodyBytes", options.maxBodyBytes ?? 2 * 1024 * 1024),
    seed: options.seed ?? 0,
    port: options.port ?? 0,
  };
}
