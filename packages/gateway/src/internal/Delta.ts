import { isRecord } from "./parseJsonObject.ts";

/** Text that an upstream produced for one of the answers of a call. */
export interface Delta {
  readonly choice: number;
  readonly kind: "output" | "reasoning";
  readonly text: string;
}

/** The produced text of a chunk (`delta`) or of a whole answer (`message`): words, reasoning, refusals, tool calls. */
export function readDeltas(answer: Readonly<Record<string, unknown>>): Delta[] {
  const deltas: Delta[] = [];
  const choices = Array.isArray(answer.choices) ? answer.choices : [];
  for (const [position, choice] of choices.entries()) {
    if (!isRecord(choice)) continue;
    const index = typeof choice.index === "number" ? choice.index : position;
    const add = (kind: Delta["kind"], text: unknown) => {
      if (typeof text === "string" && text !== "") deltas.push({ choice: index, kind, text });
    };
    const made = choice.delta ?? choice.message;
    if (!isRecord(made)) continue;
    // Engines disagree on the name of this field, and some send both with the same text.
    add("reasoning", made.reasoning_content ?? made.reasoning);
    add("output", made.content);
    add("output", made.refusal);
    const calls = Array.isArray(made.tool_calls) ? made.tool_calls : [];
    for (const call of [...calls, { function: made.function_call }]) {
      if (!isRecord(call) || !isRecord(call.function)) continue;
      add("output", call.function.name);
      add("output", call.function.arguments);
    }
  }
  return deltas;
}
