import { expect } from "chai";
import type { Addressable, ContractTransactionResponse } from "ethers";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { failedCampaign } from "../testing/deployCrowdfund.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { deployOperatorBond, STAKE } from "../testing/deployOperatorBond.ts";
import { deployLoan } from "../testing/deployPledge.ts";

const { loadFixture } = networkHelpers;

interface Money {
  /** The transfers and the mint of the payment token, which is all that a rebase needs. */
  readonly token: {
    connect(account: unknown): { transfer(to: string, amount: bigint): Promise<unknown> };
    mint(to: Addressable, amount: bigint): Promise<unknown>;
    balanceOf(account: Addressable): Promise<bigint>;
  };
  readonly contract: Addressable;
  /** Who is owed how much, and takes it all out. */
  readonly leaving: readonly {
    readonly account: Addressable;
    readonly amount: bigint;
    leave(): Promise<ContractTransactionResponse>;
  }[];
}

const HOLDERS_OF_MONEY: Record<string, () => Promise<Money>> = {
  async Credits() {
    const { credits, token, offering, consumer, stranger } = await deployJoulemint();
    const leaving = [consumer, stranger].map((account) => ({
      account,
      amount: 2_000n,
      leave: () => credits.connect(account).redeem(offering, THOUSAND_CREDITS, account),
    }));
    for (const { account } of leaving) await credits.connect(account).buy(offering, THOUSAND_CREDITS, account);
    return { token, contract: credits, leaving };
  },
  async Crowdfund() {
    const { crowdfund, token, campaign, alice, bob, as } = await failedCampaign();
    const leaving = [alice, bob].map((account, at) => ({
      account,
      amount: at === 0 ? 500n : 499n,
      leave: () => as(account).refund(campaign, account),
    }));
    return { token, contract: crowdfund, leaving };
  },
  async Pledge() {
    const { pledge, token, borrower, lender, id, pay } = await deployLoan();
    for (const account of [borrower, lender]) await token.setFrozen(account, true);
    // 9,600 of revenue, of which the pledged eighth earns 1,200: the debt, and 100 for the borrower.
    await pay(9_600n);
    await pledge.serve(id);
    for (const account of [borrower, lender]) await token.setFrozen(account, false);
    const leaving = [
      { account: lender, amount: 1_100n, leave: () => pledge.connect(lender).collect(token, lender) },
      { account: borrower, amount: 100n, leave: () => pledge.connect(borrower).collect(token, borrower) },
    ];
    return { token, contract: pledge, leaving };
  },
  async OperatorBond() {
    const { bond, owner, token, operator, metering } = await deployOperatorBond();
    await owner.unbond(metering);
    await networkHelpers.time.increaseTo((await bond.bondOf(metering)).withdrawableAt);
    const leave = () => owner.withdraw(metering, operator);
    return { token, contract: bond, leaving: [{ account: operator, amount: STAKE, leave }] };
  },
};

/** Takes base units out of the contract's balance, as a rebase does, without its knowledge. */
async function shrink({ token, contract }: Money, amount: bigint): Promise<void> {
  const address = await contract.getAddress();
  await networkHelpers.setBalance(address, 10n ** 18n);
  await networkHelpers.impersonateAccount(address);
  await token.connect(await ethers.getSigner(address)).transfer("0x000000000000000000000000000000000000dEaD", amount);
  await networkHelpers.stopImpersonatingAccount(address);
}

for (const [name, deploy] of Object.entries(HOLDERS_OF_MONEY))
  describe(`${name}, when a rebase changes what it holds`, () => {
    it("pays the last what is there again, and forgets nobody's claim when it is short", async () => {
      const money = await loadFixture(deploy);
      const { token, contract, leaving } = money;
      await shrink(money, 1n);
      const last = leaving[leaving.length - 1];
      for (const { account, amount, leave } of leaving.slice(0, -1))
        await expect(leave()).to.changeTokenBalance(ethers, token as never, account as never, amount);
      await expect(last.leave()).to.be.revertedWithCustomError(token as never, "ERC20InsufficientBalance");
      await token.mint(contract, 1n);
      await expect(last.leave()).to.changeTokenBalance(ethers, token as never, last.account as never, last.amount);
      expect(await token.balanceOf(contract)).to.equal(0n);
    });

    it("gives nobody of what it is given beyond its books", async () => {
      const { token, contract, leaving } = await loadFixture(deploy);
      await token.mint(contract, 1_000n);
      for (const { account, amount, leave } of leaving)
        await expect(leave()).to.changeTokenBalance(ethers, token as never, account as never, amount);
      expect(await token.balanceOf(contract)).to.equal(1_000n);
    });
  });
