import { type TestHistory, writeTestHistory } from "@joulemint/ledger/read/testing/writeTestHistory";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { checksumAddress } from "@joulemint/protocol/checksumAddress";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { savedQueries } from "./savedQueries.ts";
import { serveApi } from "./testing/serveApi.ts";

eachLedger("createApi", (subject) => {
  let history: TestHistory;
  let api: Awaited<ReturnType<typeof serveApi>>;
  beforeAll(async () => {
    history = await writeTestHistory(subject.ledger);
    api = await serveApi({ ledger: subject.ledger });
  });
  afterAll(() => api.close());

  const read = async (query: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await api.query(query, variables);
    expect(errors).toEqual([]);
    return data;
  };

  describe("one query", () => {
    it("follows a receipt from its call to the claims of its revenue", async () => {
      const { receipts, first, offering, used, released, split, claims, model } = history;
      const data = await read(
        `query ($id: ID!) { receipt(id: $id) {
          receiptId signed charge { raw display } cumulative { raw } proof
          usageEvent { tokens { input output total } joules tokensPerJoule energyProvenance usageProvenance produced delivered }
          session { sessionId used { raw } charged { raw } }
          offering { offeringId }
          settlement { consumed { raw } rows { sessionId session { sessionId } reason consumed { raw } }
            release { amount { raw symbol } holders { raw } treasury { raw } operator { raw }
              model { address shares { unclaimedRevenue { raw } holders { nodes { holder claimable { raw } claimed { raw } } } } }
              claims { nodes { role account amount { raw } offering { offeringId } } } } } } }`,
        { id: receipts[0].id },
      );
      expect(data).toEqual({
        receipt: {
          receiptId: receipts[0].id,
          signed: true,
          charge: { raw: "500000000", display: "500000" },
          cumulative: { raw: "500000000" },
          proof: [expect.stringMatching(/^0x/)],
          usageEvent: {
            tokens: { input: "11", output: "7", total: "28" },
            joules: "1.234",
            tokensPerJoule: (9 / 1.234).toFixed(12),
            energyProvenance: "MODELLED",
            usageProvenance: "FINAL",
            produced: "9",
            delivered: "8",
          },
          session: { sessionId: first.session, used: { raw: `${used}` }, charged: { raw: "750000163" } },
          offering: { offeringId: offering },
          settlement: {
            consumed: { raw: `${used}` },
            rows: [
              {
                sessionId: first.session,
                session: { sessionId: first.session },
                reason: "OK",
                consumed: { raw: `${used}` },
              },
              { sessionId: history.stranger, session: null, reason: "UNKNOWN_SESSION", consumed: { raw: "0" } },
            ],
            release: {
              amount: { raw: `${released}`, symbol: "tUSD" },
              holders: { raw: `${split.holders}` },
              treasury: { raw: `${split.treasury}` },
              operator: { raw: `${split.operator}` },
              model: {
                address: checksumAddress(model),
                shares: {
                  unclaimedRevenue: { raw: `${split.holders - claims.paid}` },
                  holders: {
                    nodes: [
                      {
                        holder: checksumAddress(claims.holder),
                        claimable: { raw: "0" },
                        claimed: { raw: `${claims.paid}` },
                      },
                    ],
                  },
                },
              },
              claims: {
                nodes: [
                  {
                    role: "HOLDER",
                    account: checksumAddress(claims.holder),
                    amount: { raw: `${claims.paid}` },
                    offering: null,
                  },
                  {
                    role: "OPERATOR",
                    account: checksumAddress(claims.operator),
                    amount: { raw: `${split.operator}` },
                    offering: { offeringId: offering },
                  },
                ],
              },
            },
          },
        },
      });
    });

    it("has no settlement for a receipt that no voucher covers yet", async () => {
      const data = await read("query ($id: ID!) { receipt(id: $id) { signed signature settlement { id } } }", {
        id: history.receipts[2].id,
      });
      expect(data).toEqual({ receipt: { signed: false, signature: null, settlement: null } });
    });
  });

  describe("accounts and sessions", () => {
    it("show what is spendable, on hold, charged and settled, whatever the case of the address", async () => {
      const { second } = history;
      const data = await read(
        `query ($address: ID!) { account(address: $address) { address
          sessions { nodes { sessionId state cap { raw } available { raw } onHold { raw } charged { raw } used { raw } voucher { signature } } }
          receipts { nodes { receiptId } } credits { nodes { balance { raw } } } shares { nodes { balance { raw } } } } }`,
        { address: second.owner.toUpperCase().replace("0X", "0x") },
      );
      expect(data).toEqual({
        account: {
          address: checksumAddress(second.owner),
          sessions: {
            nodes: [
              {
                sessionId: second.session,
                state: "OPEN",
                cap: { raw: "9000000" },
                available: { raw: "8994000" },
                onHold: { raw: "5000" },
                charged: { raw: "1000" },
                used: { raw: "0" },
                voucher: null,
              },
            ],
          },
          receipts: { nodes: [{ receiptId: history.receipts[3].id }] },
          credits: { nodes: [] },
          shares: { nodes: [] },
        },
      });
    });

    it("show the split of an offering and what each role can claim", async () => {
      const { split, released, offering } = history;
      const data = await read(
        `query ($id: ID!) { offering(id: $id) { modelName tier sellUntil rateCard { meter weight } released { raw } releasable { raw }
          operatorRevenue { earned { raw } claimable { raw } } treasuryRevenue { earned { raw } claimable { raw } } holdersRevenue { raw } } }`,
        { id: offering },
      );
      expect(data).toEqual({
        offering: {
          modelName: `model-${offering.slice(2, 8)}`,
          tier: "REALTIME",
          sellUntil: "4000000000",
          rateCard: [
            { meter: "input", weight: "250000" },
            { meter: "output", weight: "1000000" },
            { meter: "reasoning", weight: "1000000" },
          ],
          released: { raw: `${released}` },
          releasable: { raw: "0" },
          operatorRevenue: { earned: { raw: `${split.operator}` }, claimable: { raw: "0" } },
          treasuryRevenue: { earned: { raw: `${split.treasury}` }, claimable: { raw: `${split.treasury}` } },
          holdersRevenue: { raw: `${split.holders}` },
        },
      });
    });
  });

  describe("node", () => {
    it("finds everything by the id that it gave", async () => {
      const { receipts, first, offering, model } = history;
      const settlements = (await read("{ settlements { nodes { id } } }")) as {
        settlements: { nodes: { id: string }[] };
      };
      const ids = [
        `Receipt:${receipts[0].id}`,
        `Session:${first.session}`,
        `Offering:${offering}`,
        `Model:${model}`,
        `Account:${first.owner}`,
        ...settlements.settlements.nodes.map(({ id }) => id),
        `Session:0x${"0".repeat(64)}`,
      ];
      const data = await read("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids });
      const names = ["Receipt", "Session", "Offering", "Model", "Account", "Settlement"];
      const found = names.map((__typename, index) => ({ __typename, id: ids[index] }));
      expect(data).toEqual({ nodes: [...found, null] });
    });

    it.each(["Session:0x12", "Receipt:1", "Nothing:1", "plain", "Settlement:1", "toString:1"])(
      "refuses %s",
      async (id) => {
        const { errors } = await api.query("query ($id: ID!) { node(id: $id) { id } }", { id });
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_REQUEST"]);
      },
    );
  });

  describe("connections", () => {
    it("page forwards and backwards over the same order", async () => {
      interface Page {
        receipts: { nodes: { receiptId: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      }
      const newestFirst = history.receipts
        .map(({ id }) => id)
        .sort()
        .reverse();
      const forwards: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { receipts } = (await read(
          "query ($after: String) { receipts(first: 3, after: $after) { nodes { receiptId } pageInfo { endCursor hasNextPage } } }",
          { after },
        )) as Page;
        forwards.push(...receipts.nodes.map(({ receiptId }) => receiptId));
        after = receipts.pageInfo.endCursor;
        more = receipts.pageInfo.hasNextPage;
      }
      expect(forwards).toEqual(newestFirst);
      const last = (await read("{ receipts(last: 2) { nodes { receiptId } } }")) as Page;
      expect(last.receipts.nodes.map(({ receiptId }) => receiptId)).toEqual(newestFirst.slice(-2));
    });

    it.each([
      ["first: 101", "first"],
      ["first: -1", "first"],
      ["last: 101", "last"],
      ['after: "eA"', "after"],
    ])("refuse %s", async (args, field) => {
      const { errors } = await api.query(`{ settlements(${args}) { nodes { id } } }`);
      expect(errors[0]?.extensions).toMatchObject({ code: "BAD_REQUEST", details: { field } });
    });

    it.each([
      ["receipts", "orderBy: KEY", "sessionId sequence", 4],
      ["sessions", "orderBy: KEY", "sessionId", 2],
      ["sessions", "orderBy: NEWEST", "openedBlock", 2],
      ["offerings", "orderBy: KEY", "offeringId", 1],
      ["settlements", "orderBy: KEY", "blockNumber logIndex", 1],
      ["purchases", "", "blockNumber logIndex", 2],
      ["claims", "", "blockNumber logIndex", 2],
      ["releases", "", "blockNumber logIndex", 1],
      ["holdings", "", "holder", 1],
    ])("read all of %s(%s), page by page", async (list, order, fields, count) => {
      interface Page {
        page: { nodes: unknown[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      }
      const ask = async (first: number, after: string | null) => {
        const args = `first: $first, after: $after${order === "" ? "" : `, ${order}`}`;
        const query = `query ($first: Int, $after: String) {
          page: ${list}(${args}) { nodes { ${fields} } pageInfo { endCursor hasNextPage } } }`;
        return ((await read(query, { first, after })) as Page).page;
      };
      const all = (await ask(100, null)).nodes;
      expect(all).toHaveLength(count);
      const walked: unknown[] = [];
      let after: string | null = null;
      do {
        const { nodes, pageInfo } = await ask(1, after);
        walked.push(...nodes);
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      expect(walked).toEqual(all);
    });

    it("filter", async () => {
      const { receipts, second, offering } = history;
      const where = { session: second.session, offering, owner: second.owner, signed: false };
      const data = await read("query ($where: ReceiptFilter) { receipts(where: $where) { nodes { receiptId } } }", {
        where,
      });
      expect(data).toEqual({ receipts: { nodes: [{ receiptId: receipts[3].id }] } });
    });
  });

  it.each([
    [true, [0, 1]],
    [false, [2, 3]],
  ])("finds receipts by whether they are settled: %s", async (settled, expected) => {
    const query =
      "query ($settled: Boolean) { receipts(where: { settled: $settled }) { nodes { receiptId settlement { id } } } }";
    const data = (await read(query, { settled })) as {
      receipts: { nodes: { receiptId: string; settlement: unknown }[] };
    };
    const ids = expected.map((index) => history.receipts[index]?.id).sort();
    expect(data.receipts.nodes.map(({ receiptId }) => receiptId).sort()).toEqual(ids);
    for (const { settlement } of data.receipts.nodes) expect(settlement !== null).toBe(settled);
  });

  it("says which block it speaks of", async () => {
    const head = await subject.ledger.db
      .selectFrom("chain_block")
      .selectAll()
      .orderBy("number", "desc")
      .executeTakeFirstOrThrow();
    expect(await read("{ meta { block hash timestamp lagMs indexedAt } }")).toEqual({
      meta: {
        block: `${head.number}`,
        hash: head.hash,
        timestamp: head.timestamp.toISOString(),
        lagMs: expect.any(String),
        indexedAt: expect.any(String),
      },
    });
  });

  it("shows the conservation law, and what breaks it", async () => {
    const query =
      "{ reconciliation { difference credits { issued { raw } onHold { raw } } money { moneyIn { raw decimals } } findings { bucket } } }";
    expect(await read(query)).toEqual({
      reconciliation: {
        difference: "0",
        credits: [{ issued: { raw: "2009000000" }, onHold: { raw: "5000" } }],
        money: [{ moneyIn: { raw: "4018000000000000", decimals: 15 } }],
        findings: [],
      },
    });
    await subject.ledger.db.updateTable("hold").set({ amount: 4_999n }).where("id", "=", history.inFlight).execute();
    const broken = (await read(query)) as { reconciliation: { difference: string; findings: { bucket: string }[] } };
    await subject.ledger.db.updateTable("hold").set({ amount: 5_000n }).where("id", "=", history.inFlight).execute();
    expect(broken.reconciliation.difference).not.toBe("0");
    expect(broken.reconciliation.findings.length).toBeGreaterThan(0);
  });

  it.each(savedQueries().map(({ name, query }) => [name, query]))("runs the saved query %s", async (_, query) => {
    await read(query);
  });
});
