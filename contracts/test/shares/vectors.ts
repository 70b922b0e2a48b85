import { readFileSync } from "node:fs";
import { expect } from "chai";
import { ethers } from "../../testing/chain.ts";

type Amounts = Readonly<Record<string, string>>;
type Step =
  | { readonly step: "accrue"; readonly amount: string }
  | { readonly step: "transfer"; readonly from: string; readonly to: string; readonly amount: string }
  | { readonly step: "claim"; readonly holder: string; readonly paid: string };

interface Case {
  readonly name: string;
  readonly initial: Amounts;
  readonly steps: readonly Step[];
  readonly lifetime: string;
  readonly claimed: string;
  readonly balances: Amounts;
  readonly claimable: Amounts;
}

const file = new URL("../../../packages/economics/vectors/shareRevenue.json", import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(file, "utf8"));

/** Deploys the shares of a case, and gives an account to each of its names. */
async function deployCase({ initial, balances }: Case) {
  const signers = await ethers.getSigners();
  const names = Object.keys(balances);
  const account = (name: string) => {
    const signer = signers[names.indexOf(name)];
    if (!signer) throw new Error(`no account for ${name}`);
    return signer;
  };
  const token = await ethers.deployContract("TestDollar");
  const holders = Object.keys(initial).map(account);
  const amounts = Object.values(initial).map(BigInt);
  const shares = await ethers.deployContract("Shares", ["", "", token, signers[0], holders, amounts]);
  return { account, token, shares };
}

describe("Shares, by the vectors of packages/economics", () => {
  for (const vector of cases)
    it(vector.name, async () => {
      const { account, token, shares } = await deployCase(vector);
      for (const step of vector.steps) {
        if (step.step === "accrue") {
          await token.mint(shares, step.amount);
          await shares.accrue();
        } else if (step.step === "transfer") {
          await shares.connect(account(step.from)).transfer(account(step.to), step.amount);
        } else {
          const holder = account(step.holder);
          await expect(shares.claim(holder)).to.changeTokenBalance(ethers, token, holder, BigInt(step.paid));
        }
      }
      expect(await shares.lifetimeRevenue()).to.equal(BigInt(vector.lifetime));
      expect(await shares.claimedRevenue()).to.equal(BigInt(vector.claimed));
      for (const [name, balance] of Object.entries(vector.balances))
        expect(await shares.balanceOf(account(name))).to.equal(BigInt(balance));
      for (const [name, amount] of Object.entries(vector.claimable))
        expect(await shares.claimable(account(name))).to.equal(BigInt(amount));
    });
});
