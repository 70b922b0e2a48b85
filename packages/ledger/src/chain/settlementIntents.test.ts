import { newEventId } from "@joulemint/protocol/eventId";
import { beforeEach, expect, it } from "vitest";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { randomHash } from "../testing/testHex.ts";
import { endIntent, markIntentSent, openIntents, planIntent } from "./settlementIntents.ts";

const newPlan = () => ({
  id: newEventId(),
  offering: randomHash(),
  receiptsRoot: randomHash(),
  vouchers: [
    {
      voucher: { session: randomHash(), cumulative: 2n ** 48n - 1n, receiptsHead: randomHash() },
      signature: randomHash(),
    },
    { voucher: { session: randomHash(), cumulative: 1n, receiptsHead: randomHash() }, signature: randomHash() },
  ],
});

eachLedger("settlementIntents", (subject) => {
  beforeEach(() => emptyLedger(subject.ledger));

  it("gives back what was planned, oldest first", async () => {
    const [first, second] = [newPlan(), newPlan()];
    await planIntent(subject.ledger, second);
    await planIntent(subject.ledger, first);
    expect(await openIntents(subject.ledger)).toEqual([
      { ...first, sent: null },
      { ...second, sent: null },
    ]);
  });

  it("remembers under which nonce and hash a plan was sent, and sent again", async () => {
    const plan = newPlan();
    await planIntent(subject.ledger, plan);
    for (const nonce of [7, 8]) {
      const transactionHash = randomHash();
      await markIntentSent(subject.ledger, plan.id, nonce, transactionHash);
      expect(await openIntents(subject.ledger)).toEqual([{ ...plan, sent: { nonce, transactionHash } }]);
      const { state } = await subject.ledger.db
        .selectFrom("settlement_intent")
        .select("state")
        .executeTakeFirstOrThrow();
      expect(state).toBe("sent");
    }
  });

  it.each(["mined", "failed"] as const)("is done with one that is %s, and with no other", async (state) => {
    const [ended, open] = [newPlan(), newPlan()];
    await planIntent(subject.ledger, ended);
    await planIntent(subject.ledger, open);
    await endIntent(subject.ledger, ended.id, state);
    expect((await openIntents(subject.ledger)).map(({ id }) => id)).toEqual([open.id]);
  });
});
