import type { Meter } from "@joulemint/economics/meters";
import type { RateCard } from "@joulemint/economics/RateCard";
import { rate } from "@joulemint/economics/rate";
import { allOutput } from "@joulemint/economics/TokenUsage";
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

type Quantities = Partial<Readonly<Record<Meter, bigint>>>;

/**
 * How far a hold reaches into a streamed answer, and when to enlarge it by how much. What the engine reported costs what
 * it reported; before it reports its prompt, the input bound stands for it; output that it did not report yet counts at
 * the dearest class of output. Pieces grow with the stream: half of what it produced, so that a long answer asks seldom
 * and a short one holds little.
 */
export class OutputGrant {
  readonly #terms: GrantTerms;
  readonly #output: Meter;
  /** The prompt until the engine reports it. */
  readonly #bound: Quantities;
  /** Millicredits. */
  #held: bigint;
  #prompt: Quantities;
  #used: Quantities;
  #spent: bigint;
  /** What the whole limit would cost. */
  #whole: bigint;
  #produced = 0n;
  #lowWater: bigint;

  /** `amount`: of the hold, in millicredits. */
  constructor(terms: GrantTerms, amount: bigint) {
    this.#terms = terms;
    this.#output = dearestOutput(terms.rateCard);
    this.#held = amount;
    this.#bound = { [dearestInput(terms.rateCard)]: terms.inputBound };
    this.#prompt = this.#bound;
    this.#used = this.#bound;
    this.#spent = this.#rated(this.#used);
    this.#whole = this.#rated(this.#prompt, terms.outputBound);
    this.#lowWater = (this.#held - this.#spent) / 2n;
  }

  /** Millicredits. */
  get amount(): bigint {
    return this.#held;
  }

  /** Whether the hold pays for all that was asked for: then nothing needs to be watched. */
  get complete(): boolean {
    return this.#held >= this.#whole;
  }

  /** Whether the hold does not pay for one more token. */
  get usedUp(): boolean {
    return !this.complete && this.#held < this.#rated(this.#used, 1n);
  }

  /** What to ask for now; `null` while the hold reaches far enough. */
  get wanted(): Piece | null {
    if (this.complete || (!this.usedUp && this.#held - this.#spent >= this.#lowWater)) return null;
    const least = BigInt(this.#terms.leastPiece);
    const half = this.#produced / 2n;
    const tokens = half < least ? least : half > LARGEST_PIECE ? LARGEST_PIECE : half;
    // Beyond its limit an answer needs nothing. What was produced already and not paid is part of the piece.
    const missing = this.#whole - this.#held;
    const owes = this.#spent > this.#held;
    const piece = (count: bigint) =>
      lesser(owes ? this.#rated(this.#used, count) - this.#held : this.#rated({}, count), missing);
    return { amount: piece(tokens), atLeast: piece(least) };
  }

  /** Takes note of what was used until now: the engine's last report, and output tokens that came after it. */
  use(report: ReportedUsage | null, sinceReport: number): void {
    const completion = report?.completion ?? null;
    const since = BigInt(sinceReport);
    const prompt = report?.prompt ?? this.#bound;
    if (prompt !== this.#prompt) {
      this.#prompt = prompt;
      this.#whole = this.#rated(this.#prompt, this.#terms.outputBound);
    }
    this.#produced = since + (completion === null ? 0n : allOutput(completion));
    this.#used = this.#and({ ...this.#prompt, ...completion }, since);
    this.#spent = this.#rated(this.#used);
  }

  /** Enlarges the hold by what was granted. Less than was wanted is all that there is for now. */
  add(granted: bigint): void {
    this.#held += granted;
    this.#lowWater = granted / 2n;
  }

  /** In millicredits, with so many output tokens more, of the class that costs most. */
  #rated(quantities: Quantities, more = 0n): bigint {
    return rate(this.#and(quantities, more), this.#terms.rateCard);
  }

  #and(quantities: Quantities, more: bigint): Quantities {
    return more === 0n ? quantities : { ...quantities, [this.#output]: (quantities[this.#output] ?? 0n) + more };
  }
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
