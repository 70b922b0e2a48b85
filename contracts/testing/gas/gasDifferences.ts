import type { GasFigure } from "./GasFigure.ts";

const REWRITE = "If that is intended: npm run gas -- --write";

/** What differs between the committed figures and those of this run, in sentences; figures are the same in every run. */
export function gasDifferences(committed: readonly GasFigure[], measured: readonly GasFigure[]): string[] {
  const before = costs(committed);
  const after = costs(measured);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) return [];
    if (old === undefined) return [`${name} is new. ${REWRITE}`];
    if (now === undefined) return [`${name} is gone. ${REWRITE}`];
    return [`${name} ${now > old ? "rose" : "fell"} from ${old} to ${now}. ${REWRITE}`];
  });
}

function costs(figures: readonly GasFigure[]): Map<string, number> {
  return new Map(
    figures.flatMap(({ op, gas, newSlots, tokenSlots, anchor }): [string, number][] => [
      [`gas of ${op}`, gas],
      [`new slots of ${op}`, newSlots],
      [`new slots of ${op} in the token`, tokenSlots],
      ...Object.entries(anchor).map(([name, cost]): [string, number] => [`${name}, beside ${op},`, cost]),
    ]),
  );
}
