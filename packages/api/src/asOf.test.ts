import { createCaptures } from "@joulemint/ledger/captures";
import { applyBlocks } from "@joulemint/ledger/chain/applyBlocks";
import { example, exampleBatch, exampleHistory } from "@joulemint/ledger/chain/testing/exampleChain";
import { createHolds } from "@joulemint/ledger/holds";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { testCall } from "@joulemint/ledger/testing/testCall";
import { testLease } from "@joulemint/ledger/testing/testLease";
import { checksumAddress } from "@joulemint/protocol/checksumAddress";
import { newEventId } from "@joulemint/protocol/eventId";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveApi } from "./testing/serveApi.ts";

const { session, offering, owner, operator } = example;

/** The example's blocks up to 13: wallets are filled in 6, the session opens in 7, settles in 9 and 11, closes in 13. */
eachLedger("asOf", (subject) => {
  let api: Awaited<ReturnType<typeof serveApi>>;
  const apply = (from: bigint, to: bigint) => {
    const blocks = exampleHistory.filter(({ number }) => number >= from && number <= to);
    return applyBlocks(subject.ledger, exampleBatch(blocks), { meteringKey: null });
  };
  const ask = async (selection: string, asOf: string) => {
    const { data, errors } = await api.query(`query ($asOf: Finality!) { ${selection} }`, { asOf });
    return { data, codes: errors.map(({ extensions }) => extensions.code) };
  };

  beforeAll(async () => {
    await apply(1n, 8n);
    const holds = createHolds(subject.ledger, { lease: await testLease(subject.ledger) });
    const captures = createCaptures(subject.ledger, { receiptKey: operator });
    const id = newEventId();
    await holds.place({ id, session, amount: 100n, ttlMs: 60_000 });
    await captures.capture(testCall(id, 100n));
    await apply(9n, 13n);
    api = await serveApi({ ledger: subject.ledger });
  });
  afterAll(() => api.close());

  it.each(["SAFE", "FINALIZED"])("%s is refused until the chain says which block that is", async (asOf) => {
    expect(await ask("meta(asOf: $asOf) { block }", asOf)).toEqual({
      data: { meta: null },
      codes: ["FINALITY_UNKNOWN"],
    });
  });

  describe("with block 9 safe and block 6 final", () => {
    beforeAll(async () => {
      const [finalized, safe] = [6n, 9n].map(
        (wanted) => exampleHistory.find(({ number }) => number === wanted) ?? null,
      );
      const finality = { safe: safe ?? null, finalized: finalized ?? null };
      await applyBlocks(subject.ledger, { blocks: [], models: [] }, { meteringKey: null, finality });
    });

    it.each([
      ["LATEST", "13"],
      ["SAFE", "9"],
      ["FINALIZED", "6"],
    ])("%s tells of its block, and the law holds as of it", async (asOf, block) => {
      const { data, codes } = await ask(
        "meta(asOf: $asOf) { block hash timestamp finality } reconciliation(asOf: $asOf) { difference block }",
        asOf,
      );
      const { hash, timestamp } = exampleHistory.find(({ number }) => String(number) === block) ?? {};
      expect(codes).toEqual([]);
      expect(data).toEqual({
        meta: { block, hash, timestamp: new Date(Number(timestamp) * 1000).toISOString(), finality: asOf },
        reconciliation: { difference: "0", block },
      });
    });

    it.each([
      ["LATEST", { outstanding: { raw: "150" }, released: { raw: "700" } }, 2, 4],
      ["SAFE", { outstanding: { raw: "900" }, released: { raw: "500" } }, 1, 0],
      ["FINALIZED", { outstanding: { raw: "1000" }, released: { raw: "0" } }, 0, 0],
    ])("%s tells of the offering, the settlements and the claims of then", async (asOf, then, settlements, claims) => {
      const { data } = await ask(
        `offering(id: "${offering}", asOf: $asOf) { outstanding { raw } released { raw } }
         settlements(asOf: $asOf) { nodes { id } } claims(asOf: $asOf) { nodes { role } }`,
        asOf,
      );
      expect(data).toMatchObject({ offering: then });
      const lists = data as Record<"settlements" | "claims", { nodes: unknown[] }>;
      expect([lists.settlements.nodes.length, lists.claims.nodes.length]).toEqual([settlements, claims]);
    });

    const chainKnows = { owner: { address: checksumAddress(owner) } };
    it.each([
      [
        "LATEST",
        { state: "CLOSED", cap: { raw: "1000" }, used: { raw: "700" }, available: { raw: "0" }, ...chainKnows },
      ],
      ["SAFE", { state: "OPEN", cap: { raw: "1000" }, used: { raw: "500" }, available: { raw: "500" }, ...chainKnows }],
      [
        "FINALIZED",
        {
          state: "SUSPENDED",
          cap: { raw: "0" },
          used: { raw: "0" },
          available: { raw: "0" },
          owner: null,
          signer: null,
        },
      ],
    ])("%s tells of the session of then, and always of the receipts of now", async (asOf, then) => {
      const { data, codes } = await ask(
        `sessions(asOf: $asOf) { nodes {
          state cap { raw } used { raw } available { raw } owner { address } signer salt openedBlock
          charged { raw } sequence uncollectible { raw }
          receipts { nodes { charge { raw } session { state } offering { offeringId } } } } }`,
        asOf,
      );
      expect(codes).toEqual([]);
      const charged = { charged: { raw: "100" }, sequence: "1" };
      const uncollectible = { raw: asOf === "FINALIZED" ? "100" : "0" };
      const receipts = {
        nodes: [{ charge: { raw: "100" }, session: { state: then.state }, offering: { offeringId: offering } }],
      };
      expect(data).toMatchObject({ sessions: { nodes: [{ ...then, ...charged, uncollectible, receipts }] } });
    });
  });
});
