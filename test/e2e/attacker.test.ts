import { redemptionValue } from "@joulemint/economics/redemptionValue";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { offeringId, offeringStruct } from "@joulemint/protocol/Offering";
import { decodeSettledRows } from "@joulemint/protocol/settledRows";
import { encodeErrorResult, encodeFunctionData, maxUint48, maxUint256, parseEventLogs, zeroHash } from "viem";
import { describe, expect, it } from "vitest";
import { deployHostile } from "../harness/dao/deployHostile.ts";
import { callOf } from "../harness/dao/launchModel.ts";
import { leaveSession } from "../harness/dao/leaveSession.ts";
import { bondMeteringKey, endBond } from "../harness/dao/meteringKeyBond.ts";
import { refusal } from "../harness/dao/refusal.ts";
import { registration } from "../harness/dao/registration.ts";
import { startFlashLoan } from "../harness/dao/startFlashLoan.ts";
import { newConsumer, openSession, startMarket, voucherRows } from "../harness/dao/startMarket.ts";

const EVERYTHING = maxUint48;
const AGAINST = 0;

/** What millicredits of the market's offering are worth, in base units. */
const worth = (credits: bigint) => redemptionValue(millicredits(credits), pricePerMillion(1_234_567_891n));

describe("an attacker with a flash loan of three quarters of the shares", () => {
  it("has no vote: neither to propose nor to decide", async () => {
    const { chain, dao, borrower, borrowAnd, attacker } = await startFlashLoan();
    const call = callOf({ ...dao.shares, functionName: "transferOwnership", args: [attacker.account.address] });
    const proposal = [[call.to], [0n], [call.data], "Give the model away"] as const;
    const proposing = callOf({ ...dao.governor, functionName: "propose", args: proposal });
    expect(await refusal(borrowAnd(proposing))).toBe("GovernorInsufficientProposerVotes");

    const { id } = await dao.propose([callOf({ ...dao.shares, functionName: "accrue" })], "Honest");
    await borrowAnd(callOf({ ...dao.governor, functionName: "castVote", args: [id, AGAINST] }));
    const vote = { ...dao.governor, functionName: "hasVoted", args: [id, borrower] } as const;
    expect(await chain.client.readContract(vote)).toBe(true);
    const votes = { ...dao.governor, functionName: "proposalVotes", args: [id] } as const;
    expect(await chain.client.readContract(votes)).toEqual([0n, 0n, 0n]);
  });

  it("earns what the lent shares earn from a release that it makes itself, and nothing else of anybody", async () => {
    const { chain, dao, founder, alice, borrower, borrowAnd, claimable, offering, metering } = await startFlashLoan();
    const consumer = await newConsumer(chain, "consumer", 10_000_000n);
    const session = await openSession(chain, consumer, offering, metering.address, 5_000_000n);
    const terms = offeringStruct(offering);
    // The settler releases what it settles. Of that there is nothing to take.
    const settled = [terms, await voucherRows(chain, metering, [[session, 2_000_000n]]), zeroHash] as const;
    await consumer.writeContractSync({ ...chain.credits, functionName: "settleAndRelease", args: settled });
    const release = callOf({ ...chain.credits, functionName: "release", args: [terms] });
    const claim = callOf({ ...dao.shares, functionName: "claim", args: [borrower] });
    for (const attempt of [release, claim]) await borrowAnd(attempt);
    expect(await claimable(borrower)).toBe(0n);
    expect(await claimable(founder.account.address)).toBe(925_925n);

    // What somebody settles without releasing it, waits for whoever holds the shares: here, the attacker.
    const waiting = [terms, await voucherRows(chain, metering, [[session, 5_000_000n]]), zeroHash] as const;
    await consumer.writeContractSync({ ...chain.credits, functionName: "settle", args: waiting });
    await borrowAnd(release);
    const holders = (amount: bigint) => worth(amount) / 2n;
    const bound = ((holders(5_000_000n) - holders(2_000_000n)) * 3n) / 4n;
    expect(bound).toBe(1_388_889n);
    expect(await claimable(borrower)).toBe(bound);
    // The lender keeps what it had earned, and alice has her quarter of everything.
    expect(await claimable(founder.account.address)).toBe(925_925n);
    expect(await claimable(alice.account.address)).toBe(holders(5_000_000n) / 4n);
  });
});

it("a thief of the metering key spends the free caps of its sessions on the split, and gets a tenth of the bond", async () => {
  const { chain, dao, founder, alice, operator, offering, metering, attacker, dollars } = await startMarket();
  const { credits, client } = chain;
  const terms = offeringStruct(offering);
  const consumed = async () =>
    (await client.readContract({ ...credits, functionName: "offeringState", args: [offeringId(offering)] }))[1];
  await bondMeteringKey(chain, operator, metering, 1_000_000_005n);
  chain.name("0x000000000000000000000000000000000000dEaD", "burned");

  // Erin has used 1,000 of 3,000 credits, frank none of 5,000. Besides, both have credits that need another signature.
  const [erin, frank] = [await newConsumer(chain, "erin", 50_000_000n), await newConsumer(chain, "frank", 50_000_000n)];
  const first = await openSession(chain, erin, offering, metering.address, 3_000_000n);
  const second = await openSession(chain, frank, offering, metering.address, 5_000_000n);
  const ownKey = await openSession(chain, frank, offering, frank.account.address, 9_000_000n);
  const wallet = [terms, 7_000_000, erin.account.address] as const;
  await erin.writeContractSync({ ...credits, functionName: "buy", args: wallet });
  const used = [terms, await voucherRows(chain, metering, [[first, 1_000_000n]]), zeroHash] as const;
  await operator.writeContractSync({ ...credits, functionName: "settleAndRelease", args: used });

  // The thief signs for everything that there is, and brings it itself.
  const steal = async () => {
    const uses = [first, second, ownKey].map((session) => [session, EVERYTHING] as const);
    const args = [terms, await voucherRows(chain, metering, uses), zeroHash] as const;
    await attacker.writeContractSync({ ...credits, functionName: "settleAndRelease", args });
  };
  const freeCaps = 2_000_000n + 5_000_000n;
  await steal();
  expect(await consumed()).toBe(1_000_000n + freeCaps);

  // The key stays stolen: what erin tops up later is gone as well.
  const toppedUp = 500_000n;
  const topUp = [terms, erin.account.address, metering.address, zeroHash, Number(toppedUp)] as const;
  await erin.writeContractSync({ ...credits, functionName: "topUp", args: topUp });
  await steal();
  expect(await consumed()).toBe(1_000_000n + freeCaps + toppedUp);
  await endBond(chain, attacker, metering, attacker.account.address);

  // What the key does not sign for leaves as it came.
  await erin.writeContractSync({ ...credits, functionName: "redeem", args: [terms, 7_000_000n, wallet[2]] });
  await leaveSession(chain, frank, offering, frank.account.address);

  // And all that it did sign for is with the split, whoever claims it.
  for (const role of [0, 1])
    await attacker.writeContractSync({ ...credits, functionName: "claim", args: [terms, role] });
  for (const { account } of [founder, alice])
    await attacker.writeContractSync({ ...dao.shares, functionName: "claim", args: [account.address] });
  const lost = worth(1_000_000n + freeCaps + toppedUp);
  expect(lost).toBe(10_493_827n);
  expect(await dollars()).toEqual({
    attacker: 100_000_000n,
    burned: 900_000_005n,
    erin: 45_679_011n,
    frank: 43_827_159n,
    operator: 4_197_532n,
    "ada treasury": 1_049_382n,
    founder: 3_935_184n,
    alice: 1_311_728n,
    "ada shares": 1n,
    credits: 3n,
  });
});

it("a hostile offering takes its owner's own money, and none of another offering", async () => {
  const { chain, attacker, dollars, ...genuine } = await startMarket();
  const { credits, dollar } = chain;
  const own = attacker.account.address;
  const terms = offeringStruct(genuine.offering);
  const consumer = await newConsumer(chain, "consumer", 10_000_000n);
  const victim = await openSession(chain, consumer, genuine.offering, consumer.account.address, 5_000_000n);
  await chain.fund(attacker, 10_000_000n, credits.address);

  // A model of one's own needs nobody's vote. Here all revenue is the operator's, who is the attacker.
  const mine = { holdersBps: 0, treasuryBps: 0, treasury: own, operator: own };
  const model = await deployHostile(chain, "HostileModel", dollar.address, own);
  const hostile = { ...genuine.offering, ...mine, model: model.address };
  const hostileTerms = offeringStruct(hostile);
  await attacker.sendTransactionSync(await registration(chain, attacker, hostile));
  const session = await openSession(chain, attacker, hostile, own, 1_000_001n);
  await attacker.writeContractSync({ ...credits, functionName: "buy", args: [hostileTerms, 7, own] });

  // It brings a voucher for the session of another offering, and sells, consumes and claims in a circle.
  const uses = [session, victim].map((each) => [each, EVERYTHING] as const);
  const rows = await voucherRows(chain, attacker.account, uses);
  const settled = [hostileTerms, rows, zeroHash] as const;
  const { logs } = await attacker.writeContractSync({ ...credits, functionName: "settleAndRelease", args: settled });
  const [event] = parseEventLogs({ abi: credits.abi, eventName: "Settled", logs });
  const reasons = decodeSettledRows(event?.args.rows ?? "0x").map(({ reason }) => reason);
  expect(reasons).toEqual(["clamped", "unknown_session"]);
  for (const { functionName, args, error } of [
    { functionName: "redeem", args: [terms, 7n, own], error: "ERC1155InsufficientBalance" },
    { functionName: "close", args: [terms, own, zeroHash, own, "0x"], error: "Credits_SessionNotOpen" },
    { functionName: "release", args: [{ ...hostileTerms, pricePerMillion: 1n }], error: "Credits_UnknownOffering" },
  ] as const)
    expect(await refusal(attacker.sendTransactionSync(callOf({ ...credits, functionName, args })))).toBe(error);
  await attacker.writeContractSync({ ...credits, functionName: "claim", args: [hostileTerms, 0] });
  const redeeming = [hostileTerms, 7n, own] as const;
  await attacker.writeContractSync({ ...credits, functionName: "redeem", args: redeeming });

  // Dollars of its own making buy as many credits as it likes, and what they call in between is refused.
  const coin = await deployHostile(chain, "CallingToken");
  const coined = { ...hostile, paymentToken: coin.address };
  const coinModel = await deployHostile(chain, "HostileModel", coin.address, own);
  const fake = offeringStruct({ ...coined, model: coinModel.address });
  await attacker.sendTransactionSync(await registration(chain, attacker, { ...coined, model: coinModel.address }));
  await attacker.writeContractSync({ ...coin, functionName: "mint", args: [own, 10n ** 24n] });
  await attacker.writeContractSync({ ...coin, functionName: "approve", args: [credits.address, maxUint256] });
  const release = encodeFunctionData({ abi: credits.abi, functionName: "release", args: [terms] });
  await attacker.writeContractSync({ ...credits, functionName: "buy", args: [fake, 10 ** 12, own] });
  await attacker.writeContractSync({ ...coin, functionName: "beforeTransfer", args: [credits.address, release] });
  const fakes = [fake, 10n ** 12n, own] as const;
  const redeemed = await attacker.writeContractSync({ ...credits, functionName: "redeem", args: fakes });
  const [called] = parseEventLogs({ abi: coin.abi, logs: redeemed.logs });
  const refused = encodeErrorResult({ abi: credits.abi, errorName: "ReentrancyGuardReentrantCall" });
  expect(called?.args).toEqual({ success: false, result: refused });

  // The consumer leaves with what it paid. All that anybody loses is a unit for each purchase, to rounding.
  await leaveSession(chain, consumer, genuine.offering, consumer.account.address);
  expect(await dollars()).toEqual({ consumer: 9_999_999n, attacker: 9_999_998n, credits: 3n });
});
