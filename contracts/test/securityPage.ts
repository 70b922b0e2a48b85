import { readFileSync } from "node:fs";
import { expect } from "chai";
import { interfaceOf } from "../deployment/initCode.ts";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/security.md", root), "utf8");

const all = (pattern: RegExp) => [...new Map([...page.matchAll(pattern)].map((match) => [match[0], match])).values()];

describe("docs/security.md", () => {
  for (const [, contract = "", name = ""] of all(/`([A-Z]\w+)\.(\w+)`/g))
    it(`names the function ${contract}.${name}, which exists`, () => {
      expect(interfaceOf(contract).fragments.some((f) => "name" in f && f.name === name)).to.equal(true);
    });

  for (const [, contract = "", condition = ""] of all(/`([A-Z]\w+?)_(\w+)`/g))
    it(`names the error ${contract}_${condition}, which exists`, () => {
      expect(interfaceOf(contract).getError(`${contract}_${condition}`)).not.to.equal(null);
    });

  for (const [, title = "", file = ""] of all(/\[([^\]]+)\]\(\.\.\/((?:contracts|packages)\/[^)]+)\)/g))
    it(`names a test in ${file}, which exists: ${title}`, () => {
      expect(readFileSync(new URL(file, root), "utf8")).to.contain(title);
    });
});
