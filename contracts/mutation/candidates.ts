import { createHash } from "node:crypto";
import { descendants } from "./ast.ts";
import type { Compiler } from "./Compiler.ts";
import { findMutants, type Mutant } from "./findMutants.ts";
import { SUBJECTS, type Subject } from "./subjects.ts";

/** A mutant of a subject, with what it must differ from. */
export interface Candidate extends Mutant {
  /** Changes with the subject's code, so that what is known of another version does not count. */
  readonly id: string;
  readonly subject: Subject;
  readonly original: Readonly<Record<string, string>>;
}

const hash = (...parts: readonly unknown[]) => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

/** All mutants of the subjects and of the libraries that carry their logic. */
export function candidates(compiler: Compiler): Candidate[] {
  const trees = compiler.trees(SUBJECTS.map(({ file }) => file));
  const nodes = [...trees.values()].flatMap((tree) => [...descendants(tree)]);
  const declarations = new Map(nodes.map((node) => [node.id, node]));
  return SUBJECTS.flatMap((subject) => {
    const original = compiler.compile(subject.contracts);
    if (!original) throw new Error(`${subject.name} does not compile`);
    return [...compiler.trees([subject.file])]
      .filter(([file]) => file.startsWith("contracts/") && !file.startsWith("contracts/interfaces/"))
      .flatMap(([file]) => findMutants(file, compiler.read(file), trees.get(file) as never, declarations))
      .map((mutant) => {
        const { file, start, end, after } = mutant;
        return { ...mutant, subject, original, id: hash(original, file, start, end, after).slice(0, 16) };
      });
  });
}

/** The candidates in a random order that the seed decides: the first N are a sample in proportion to size. */
export function shuffled(all: readonly Candidate[], seed: string): Candidate[] {
  const keyed = all.map((one) => ({ one, key: hash(seed, one.file, one.start, one.end, one.after) }));
  return keyed.sort((first, second) => (first.key < second.key ? -1 : 1)).map(({ one }) => one);
}
