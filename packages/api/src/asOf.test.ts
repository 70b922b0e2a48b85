import { example, exampleHistory } from "@joulemint/ledger/chain/testing/exampleChain";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { checksumAddress } from "@joulemint/protocol/checksumAddress";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveApi } from "./testing/serveApi.ts";
import { markExample, writeExample } from "./testing/writeExample.ts";

const { offering, owner, signer, salt } = example;

eachLedger("asOf", (subject) => {
  let api: Awaited<ReturnType<typeof serveApi>>;
  const ask = async (selection: string, asOf: string) => {
    const { data, errors } = await api.query(`query ($asOf: Finality!) { ${selection} }`, { asOf });
    return { data, codes: errors.map(({ extensions }) => extensions.code) };
  };

  beforeAll(async () => {
    await writeExample(subject.ledger);
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
    beforeAll(() => markExample(subject.ledger, { safe: 9n, finalized: 6n }));

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
      ["LATEST", { outstanding: { raw: "120" }, released: { raw: "700" } }, 2, 4],
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

    it.each([
      { asOf: "LATEST", state: "CLOSED", cap: "1000", used: "700", available: "0", uncollectible: "100" },
      { asOf: "SAFE", state: "OPEN", cap: "1000", used: "500", available: "200", uncollectible: "0" },
      { asOf: "FINALIZED", state: "SUSPENDED", cap: "0", used: "0", available: "0", uncollectible: "800" },
    ])("$asOf tells of the session of then, and always of the receipts of now", async ({ asOf, state, ...then }) => {
      const { data, codes } = await ask(
        `sessions(asOf: $asOf) { nodes {
          state cap { raw } used { raw } available { raw } owner { address } signer salt openedBlock
          charged { raw } sequence uncollectible { raw }
          receipts { nodes { charge { raw } session { state } offering { offeringId } } } } }`,
        asOf,
      );
      expect(codes).toEqual([]);
      const known = state !== "SUSPENDED";
      const amounts = Object.fromEntries(Object.entries(then).map(([name, raw]) => [name, { raw }]));
      const receipt = { session: { state }, offering: { offeringId: offering } };
      const session = {
        ...amounts,
        state,
        owner: known ? { address: checksumAddress(owner) } : null,
        signer: known ? checksumAddress(signer) : null,
        salt: known ? salt : null,
        openedBlock: known ? "7" : null,
        charged: { raw: "800" },
        sequence: "2",
        receipts: {
          nodes: [
            { charge: { raw: "20" }, ...receipt },
            { charge: { raw: "780" }, ...receipt },
          ],
        },
      };
      expect(data).toEqual({ sessions: { nodes: [session] } });
    });
  });
});
