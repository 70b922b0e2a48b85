import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";

const page = readFileSync(new URL("../../docs/invariants.md", import.meta.url), "utf8");
const folder = new URL("solidity/", import.meta.url);

/** `file: name` of the numbered invariants that the sources test. */
const tested = readdirSync(folder)
  .filter((file) => file.endsWith(".t.sol"))
  .flatMap((file) =>
    [...readFileSync(new URL(file, folder), "utf8").matchAll(/function (invariant_I\d\d_\w+)\(/g)].map(
      ([, name]) => `${file}: ${name}`,
    ),
  );

describe("docs/invariants.md", () => {
  const stated = [...page.matchAll(/\*\*(\d+)\. [^*]+\*\*[^*]+?`(invariant_I(\d\d)_\w+)`\s+in\s+`(\w+\.t\.sol)`/g)].map(
    ([, number, name, inName, file]) => ({ number: Number(number), inName: Number(inName), test: `${file}: ${name}` }),
  );

  it("states twenty, in order, each with a test of its number", () => {
    expect(stated.map(({ number }) => number)).to.deep.equal(Array.from({ length: 20 }, (_, index) => index + 1));
    for (const { number, inName } of stated) expect(inName).to.equal(number);
  });

  it("names the tests that there are, and all of them", () => {
    expect(stated.map(({ test }) => test).sort()).to.deep.equal(tested.sort());
  });
});
