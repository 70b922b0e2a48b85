import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, longest first. Begun last, one of them would run on alone. */
const LONGEST = ["law.postgres", "law.pglite", "manyGateways", "crash", "reorg"];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.includes(`/${name}.`));
      return place < 0 ? LONGEST.length : place;
    };
    return [...files].sort((a, b) => rank(a) - rank(b));
  }
}
