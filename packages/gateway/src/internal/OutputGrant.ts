import type { RateCard } from "@joulemint/economics/RateCard";
import { dearestInput, dearestOutput } from "./dearestClass.ts";
import type { ReportedUsage } from "./readUsage.ts";

/** What a hold is enlarged by: at best `amount`, and no less than `atLeast` while so much is free. Millicredits. */
export interface Piece {
  readonly amount: bigint;
  readonly atLeast: bigint;
}

export interface GrantTerms {
  readonly rateCard: RateCard;
  /** Tokens: the most that the prompt and all answers of the call can have. */
  readonly inputBound: bigint;
  readonly outputBound: bigint;
  /** Output tokens of the smallest piece. */
  readonly leastPiece: number;
}

/** A stream is never more than this many output tokens ahead by one piece: what it holds, others cannot use. */
const LARGEST_PIECE = 2_048n;
const MICRO = 1_000n;

/**
 * How far a hold reaches into a streamed answer, and when to enlarge it by how much. What the engine reported costs what
 * it reported; before it reports its prompt, the input bound stands for it; output that it did not report yet counts at
 * the dearest class of output. Pieces grow with the stream: half of what it produced, so that a long answer asks seldom
 * and a short one holds little.
 */
export class OutputGrant {
  readonly #terms: GrantTerms;
  readonly #inputWeight: bigint;
  readonly #outputWeight: bigint;
  /** Micro-credits. */
  #held: bigint;
  #spent: bigint;
  /** What the whole limit would cost. */
  #whole: bigint;
  #produced = 0n;
  #lowWater: bigint;

  /** `amount`: of the hold, in millicredits. */
  constructor(terms: GrantTerms, amount: bigint) {
    this.#terms = terms;
    this.#inputWeight = terms.rateCard[dearestInput(terms.rateCard)];
    this.#outputWeight = terms.rateCard[dearestOutput(terms.rateCard)];
    this.#held = amount * MICRO;
    this.#spent = terms.inputBound * this.#inputWeight;
    this.#whole = this.#spent + terms.outputBound * this.#outputWeight;
    this.#lowWater = (this.#held - this.#spent) / 2n;
  }

  /** Millicredits. */
  get amount(): bigint {
    return this.#held / MICRO;
  }

  /** Whether the hold pays for all that was asked for: then nothing needs to be watched. */
  get complete(): boolean {
    return this.#held >= this.#whole;
  }

  /** Whether the hold does not pay for one more token. */
  get usedUp(): boolean {
    return !this.complete && this.#held - this.#spent < this.#outputWeight;
  }

  /** What to ask for now; `null` while the hold reaches far enough. */
  get wanted(): Piece | null {
    if (this.complete || (!this.usedUp && this.#held - this.#spent >= this.#lowWater)) return null;
    const least = BigInt(this.#terms.leastPiece);
    const half = this.#produced / 2n;
    const tokens = half < least ? least : half > LARGEST_PIECE ? LARGEST_PIECE : half;
    // Beyond its limit an answer needs nothing. What was produced already and not paid is part of the piece.
    const missing = this.#whole - this.#held;
    const owed = this.#spent > this.#held ? this.#spent - this.#held : 0n;
    const piece = (count: bigint) => millicredits(lesser(owed + count * this.#outputWeight, missing));
    return { amount: piece(tokens), atLeast: piece(least) };
  }

  /** Takes note of what was used until now: the engine's last report, and output tokens that came after it. */
  use(report: ReportedUsage | null, sinceReport: number): void {
    const { rateCard, inputBound, outputBound } = this.#terms;
    const prompt = report?.prompt ?? null;
    const completion = report?.completion ?? null;
    const since = BigInt(sinceReport);
    const input =
      prompt === null
        ? inputBound * this.#inputWeight
        : prompt.input * rateCard.input +
          prompt.cachedInput * rateCard.cachedInput +
          prompt.cacheWrite * rateCard.cacheWrite;
    const output =
      completion === null ? 0n : completion.output * rateCard.output + completion.reasoning * rateCard.reasoning;
    this.#produced = since + (completion === null ? 0n : completion.output + completion.reasoning);
    this.#spent = input + output + since * this.#outputWeight;
    this.#whole = input + outputBound * this.#outputWeight;
  }

  /** Enlarges the hold by what was granted. Less than was wanted is all that there is for now. */
  add(granted: bigint): void {
    this.#held += granted * MICRO;
    this.#lowWater = (granted * MICRO) / 2n;
  }
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function millicredits(micro: bigint): bigint {
  return (micro + MICRO - 1n) / MICRO;
}
