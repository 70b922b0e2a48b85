import { resolve } from "node:path";
import { expect } from "chai";
import { Compiler } from "../../mutation/Compiler.ts";
import { HOSTILE, makes } from "../../mutation/hostile.ts";
import { mutantsOf, SUBJECTS } from "../../mutation/subjects.ts";

describe("Hostile cases", () => {
  it("are mistakes that can be made in the contracts as they are", () => {
    const compiler = new Compiler(resolve(import.meta.dirname, "../.."));
    const mutants = SUBJECTS.flatMap((subject) => mutantsOf(subject, compiler));
    for (const [name, mistakes] of Object.entries(HOSTILE))
      for (const mistake of mistakes) {
        const made = mutants.filter((mutant) => makes(mutant, mistake));
        // A library is part of more than one contract.
        const places = new Set(made.map(({ file, start }) => `${file}:${start}`));
        expect(places, `${name}: ${mistake.before} => ${mistake.after}`).to.have.lengthOf(1);
      }
  });
});
