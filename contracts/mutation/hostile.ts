import type { Mutant } from "./findMutants.ts";

/** A mistake that would open the door to a hostile token or party. */
interface Hostile extends Pick<Mutant, "file" | "within" | "before" | "after"> {
  readonly name: string;
}

export const HOSTILE: readonly Hostile[] = [];

const plain = (text: string) => text.replaceAll(/\s+/g, " ");

/** The hostile cases that a mutant stands for. */
export function hostileCases(mutant: Mutant): string[] {
  return HOSTILE.filter(
    ({ file, within, before, after }) =>
      mutant.file === `contracts/${file}` &&
      mutant.within === within &&
      plain(mutant.before) === before &&
      plain(mutant.after) === after,
  ).map(({ name }) => name);
}
