import type { Mutant } from "./findMutants.ts";

const WIDTH = 140;

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= WIDTH ? line : `${line.slice(0, WIDTH / 2)} … ${line.slice(-WIDTH / 2)}`;
}

/** A mutant in one line: where it is, what stood there and what stands there now. */
export function describeMutant(
  mutant: Pick<Mutant, "file" | "line" | "within" | "operator" | "before" | "after">,
): string {
  const { file, line, within, operator, before, after } = mutant;
  return `${file}:${line} ${within} ${operator}: ${shortened(before)} => ${shortened(after)}`;
}
