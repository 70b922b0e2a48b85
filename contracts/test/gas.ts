import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import hre from "hardhat";
import type { GasFigure } from "../testing/gas/GasFigure.ts";
import { gasDifferences } from "../testing/gas/gasDifferences.ts";
import { GAS_GOALS } from "../testing/gas/gasGoals.ts";
import { renderGas } from "../testing/gas/renderGas.ts";

const root = join(import.meta.dirname, "..");

async function committed(): Promise<GasFigure[]> {
  return JSON.parse(await readFile(join(root, "gas.json"), "utf8"));
}

/** The command in a process of its own, whose chain no other test has touched. */
async function measured(): Promise<GasFigure[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/gas.ts", "--json"], { cwd: root });
  return JSON.parse(stdout);
}

// Code that counts its own coverage costs more than what is deployed.
if (!hre.globalOptions.coverage)
  describe("Gas", () => {
    let figures: GasFigure[];
    before(async function () {
      this.timeout(300_000);
      figures = await measured();
    });

    it("is what contracts/gas.json says, to the unit", async () => {
      expect(gasDifferences(await committed(), figures)).to.deep.equal([]);
    });

    it("is on the page docs/gas.md", async () => {
      const page = await readFile(join(root, "../docs/gas.md"), "utf8");
      expect(page === renderGas(figures), "docs/gas.md is out of date: npm run gas -- --write").to.equal(true);
    });

    it("is measured of every operation that has a goal", () => {
      expect(figures.map(({ op }) => op)).to.deep.equal(Object.keys(GAS_GOALS));
    });

    for (const [op, goal] of Object.entries(GAS_GOALS)) {
      it(`of ${op} creates no slot but those it needs (I20)`, () => {
        const figure = figures.find((candidate) => candidate.op === op);
        expect(figure).to.include({ newSlots: goal.newSlots, tokenSlots: goal.tokenSlots });
      });

      it(`of ${op} has a reason if, and only if, it misses its goal`, () => {
        const figure = figures.find((candidate) => candidate.op === op);
        expect((figure?.gas ?? 0) > (goal.gas ?? Number.POSITIVE_INFINITY)).to.equal(goal.reason !== undefined);
      });
    }
  });

describe("gasDifferences", () => {
  const figure = {
    op: "claim",
    gas: 49_962,
    newSlots: 0,
    token: "TestDollar",
    tokenSlots: 0,
    anchor: { Peer: 5 },
  } as const;

  for (const [what, now, difference] of [
    ["that it rose", [{ ...figure, gas: 49_963 }], "gas of claim rose from 49962 to 49963"],
    ["that it fell", [{ ...figure, gas: 49_961 }], "gas of claim fell from 49962 to 49961"],
    ["a new slot", [{ ...figure, newSlots: 1 }], "new slots of claim rose from 0 to 1"],
    ["another anchor", [{ ...figure, anchor: { Peer: 6 } }], "Peer, beside claim, rose from 5 to 6"],
    ["a new anchor", [{ ...figure, anchor: { Peer: 5, Other: 7 } }], "Other, beside claim, is new"],
    ["what is gone", [{ ...figure, anchor: {} }], "Peer, beside claim, is gone"],
  ] as const)
    it(`says ${what}, and which command writes it down`, () => {
      expect(gasDifferences([figure], now)).to.deep.equal([
        `${difference}. If that is intended: npm run gas -- --write`,
      ]);
    });

  it("says nothing when nothing differs", () => {
    expect(gasDifferences([figure], [{ ...figure }])).to.deep.equal([]);
  });
});
