import { affordable } from "@joulemint/economics/affordable";
import type { RateCard } from "@joulemint/economics/RateCard";
import { millicredits } from "@joulemint/economics/units";
import { holdAmount } from "../holdAmount.ts";
import { dearestInput, dearestOutput } from "./dearestClass.ts";

/** Bounds of a call in tokens: its prompt, the output of one answer, and how many answers. */
export interface CallBounds {
  readonly inputBound: bigint;
  readonly outputLimit: bigint;
  readonly choices: bigint;
}

/** What a call's hold is placed for: at best `amount`, and not for less than `atLeast`. Millicredits. */
export interface HoldPlan {
  readonly amount: bigint;
  readonly atLeast: bigint;
}

/**
 * The first hold of a call. A stream's is enlarged as it goes, so it begins with the input bound and the first grant. An
 * answer in one piece cannot be stopped half-way, so its hold pays for the whole limit, or for a lower one that is at
 * least the first grant, or one token for each answer where that is more.
 */
export function planHold(
  { inputBound, outputLimit, choices }: CallBounds,
  how: { readonly stream: boolean; readonly firstGrant: number; readonly rateCard: RateCard },
): HoldPlan {
  const whole = outputLimit * choices;
  const grant = BigInt(how.firstGrant) > choices ? BigInt(how.firstGrant) : choices;
  const first = whole < grant ? whole : grant;
  const atLeast = holdAmount({ input: inputBound, output: first }, how.rateCard);
  return { amount: how.stream ? atLeast : holdAmount({ input: inputBound, output: whole }, how.rateCard), atLeast };
}

/** The output limit of one answer that a hold of `amount` millicredits pays for: the call's own, or a lower one. */
export function payableLimit(
  { inputBound, outputLimit, choices }: CallBounds,
  hold: { readonly amount: bigint; readonly rateCard: RateCard },
): bigint {
  const { amount, rateCard: card } = hold;
  const output = affordable(millicredits(amount), dearestOutput(card), { [dearestInput(card)]: inputBound }, card);
  if (output === null) return outputLimit;
  const limit = output / choices;
  return limit < outputLimit ? limit : outputLimit;
}
