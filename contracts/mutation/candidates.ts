import { createHash } from "node:crypto";
import type { Compiler } from "./Compiler.ts";
import type { Mutant } from "./findMutants.ts";
import { mutantsOf, type Subject } from "./subjects.ts";

/** A mutant of a subject, with what it must differ from. */
export interface Candidate extends Mutant {
  /** Changes with the subject's code, so that what is known of another version does not count. */
  readonly id: string;
  readonly subject: Subject;
  readonly original: Readonly<Record<string, string>>;
}

const hash = (...parts: readonly unknown[]) => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

/** All mutants of a subject. */
export function candidates(subject: Subject, compiler: Compiler): Candidate[] {
  const original = compiler.compile(subject.contracts);
  if (!original) throw new Error(`${subject.name} does not compile`);
  return mutantsOf(subject, compiler).map((mutant) => {
    const { file, start, end, after } = mutant;
    return { ...mutant, subject, original, id: hash(original, file, start, end, after).slice(0, 16) };
  });
}

/** The candidates in a random order that the seed decides: the first N are a sample in proportion to size. */
export function shuffled(all: readonly Candidate[], seed: string): Candidate[] {
  const keyed = all.map((one) => ({ one, key: hash(seed, one.file, one.start, one.end, one.after) }));
  return keyed.sort((first, second) => (first.key < second.key ? -1 : 1)).map(({ one }) => one);
}
