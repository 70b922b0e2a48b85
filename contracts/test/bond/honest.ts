import { expect } from "chai";
import { accusations } from "../../testing/accusations.ts";
import { networkHelpers } from "../../testing/chain.ts";
import { CARD, deployOperatorBond } from "../../testing/deployOperatorBond.ts";
import { NO_USAGE } from "../../testing/ReceiptChain.ts";

interface Call {
  readonly gateway: "north" | "east";
  /** Without usage: its upstream failed before it produced anything. */
  readonly free?: true;
  readonly payable?: bigint;
}

const north: Call = { gateway: "north" };
const east: Call = { gateway: "east" };

/** What a factory may come to sign for one session. */
const histories: readonly { readonly name: string; readonly calls: readonly Call[] }[] = [
  { name: "one call", calls: [north] },
  { name: "calls of one gateway", calls: [north, north, north] },
  { name: "calls of two gateways in turn", calls: [north, east, east, north, east] },
  { name: "a first call that charges nothing", calls: [{ ...north, free: true }, east, north] },
  {
    name: "calls that charge nothing between others",
    calls: [north, { ...east, free: true }, { ...north, free: true }, east, { ...east, free: true }],
  },
  {
    name: "a call that was capped, and one for which nothing was left",
    calls: [north, { ...north, payable: 77n }, { ...east, payable: 0n }],
  },
];

describe("OperatorBond, shown everything that an honest operator signs", () => {
  for (const { name, calls } of histories)
    it(`slashes nothing: ${name}`, async () => {
      const { bond, reporter, stranger, chain, sign, voucher, offering, opened, ...keys } =
        await networkHelpers.loadFixture(deployOperatorBond);
      const history = chain();
      for (const { gateway, free, payable } of calls)
        history.call(keys[gateway].address, { payable, usage: free && NO_USAGE });
      const receipts = await sign(...history.receipts);
      const vouchers = await Promise.all(history.receipts.map((head) => voucher(head)));

      const evidence = { receipts, vouchers, card: CARD, offering, session: opened };
      for (const { fault, prove } of accusations(reporter, evidence, stranger.address))
        await expect(prove()).to.be.revertedWithCustomError(bond, "OperatorBond_NoFault").withArgs(fault);
    });
});
