import { type WrongFormula, wrong } from "../WrongFormula.ts";

/** Demand got wrong. */
export const demand: readonly WrongFormula[] = [
  wrong("demand/taskAmplification.ts", "output: visible * PRECISION", "output: total * PRECISION"),
  wrong("demand/taskAmplification.ts", "calls: calls + 1", "calls"),
  wrong("demand/growth.ts", "start + growth.perYear * years", "start * growth.perYear * years"),
  wrong("demand/growth.ts", "errors.linear <= errors.compounding", "errors.linear > errors.compounding"),
  wrong("demand/growth.ts", "year - first", "year"),
  wrong("demand/growth.ts", "weight: value * value", "weight: 1"),
  wrong("demand/Cohort.ts", "tokensPerCall * amplification;", "tokensPerCall;"),
  wrong("demand/agentLoop.ts", "context += perStep", "context *= 2n"),
  wrong("demand/contextMemory.ts", "Number(context) * each", "Number(context) / each"),
  wrong("demand/callsOf.ts", "if (seen.has(call))", "if (false)", "demand/taskAmplification.test.ts"),
];
