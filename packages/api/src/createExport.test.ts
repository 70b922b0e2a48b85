import { once } from "node:events";
import { get } from "node:http";
import { example } from "@joulemint/ledger/chain/testing/exampleChain";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { emptyLedger } from "@joulemint/ledger/testing/emptyLedger";
import { openTestSession } from "@joulemint/ledger/testing/openTestSession";
import { testHash } from "@joulemint/ledger/testing/testHex";
import { consumptionHash } from "@joulemint/protocol/consumption";
import { receiptTypes } from "@joulemint/protocol/Receipt";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { receiptFromJson } from "@joulemint/protocol/receiptJson";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveApi } from "./testing/serveApi.ts";
import { serveExport } from "./testing/serveExport.ts";
import { exampleSignature, markExample, writeExample } from "./testing/writeExample.ts";

const { session, offering, model, owner, signer, salt, founder, investor, operator, treasury } = example;

eachLedger("createExport", (subject) => {
  let [signed, unsigned]: readonly string[] = [];
  let exporter: Awaited<ReturnType<typeof serveExport>>;
  beforeAll(async () => {
    exporter = await serveExport({ ledger: subject.ledger });
  });
  afterAll(() => exporter.close());

  const exported = async (asOf = "LATEST") => {
    const { lines } = await exporter.read(`?asOf=${asOf}`);
    return (name: string) => lines.filter(({ file }) => file === name).map(({ line }) => line);
  };

  it("has nothing to tell before the first block", async () => {
    expect(await exporter.read()).toMatchObject({ status: 503, code: "CHAIN_BEHIND" });
  });

  describe("of the example", () => {
    beforeAll(async () => {
      [signed, unsigned] = await writeExample(subject.ledger);
      await subject.ledger.db
        .insertInto("served_offering")
        .values({
          offering,
          model_name: "m",
          upstream_model: "m",
          rate_card: JSON.stringify({ output: "1000000", input: "0" }),
          default_output_limit: 1n,
        })
        .execute();
    });

    it("ends with a manifest that counts the lines of every file", async () => {
      const { lines } = await exporter.read();
      expect(lines.at(-1)).toEqual({
        file: "manifest.json",
        line: {
          version: 1,
          chainId: 31_337,
          credits: "0xc4ed17c4ed17c4ed17c4ed17c4ed17c4ed17c4ed",
          block: { number: "13", hash: testHash("block 13 ") },
          finality: "LATEST",
          difference: "0",
          counts: {
            "rate-cards.jsonl": 1,
            "models.jsonl": 1,
            "offerings.jsonl": 1,
            "sessions.jsonl": 1,
            "receipts.jsonl": 2,
            "balances.jsonl": 2,
            "holdings.jsonl": 2,
            "purchases.jsonl": 2,
            "redemptions.jsonl": 2,
            "consumptions.jsonl": 1,
            "settlements.jsonl": 4,
            "releases.jsonl": 2,
            "claims.jsonl": 4,
          },
        },
      });
    });

    it("has receipts whose fields are what was hashed, and says which are not signed", async () => {
      const receipts = (await exported())("receipts.jsonl");
      for (const line of receipts) {
        const fields = Object.fromEntries(receiptTypes.Receipt.map(({ name }) => [name, line[name]]));
        expect(receiptHash(receiptFromJson(fields))).toBe(line.hash);
        expect(receiptHash(line.encoded as `0x${string}`)).toBe(line.hash);
      }
      expect(
        receipts.map(({ id, sequence, proof, root, signature }) => ({ id, sequence, proof, root, signature })),
      ).toEqual([
        { id: signed, sequence: "1", ...exampleSignature },
        { id: unsigned, sequence: "2", proof: null, root: null, signature: null },
      ]);
      expect(Object.keys(receipts[0] ?? {})).toHaveLength(receiptTypes.Receipt.length + 5);
    });

    it("has the chain's history in its order", async () => {
      const file = await exported();
      const at = (number: number, logIndex: number) => ({
        blockNumber: String(number),
        logIndex,
        transactionHash: testHash(`transaction ${number}`),
      });
      const sold = { offering, buyer: owner, recipient: owner };
      expect(file("purchases.jsonl")).toEqual([
        { ...at(6, 1), ...sold, credits: "1000", cost: "1000" },
        { ...at(8, 1), ...sold, credits: "400", cost: "400" },
      ]);
      const back = { offering, owner, recipient: owner };
      expect(file("redemptions.jsonl")).toEqual([
        { ...at(13, 0), ...back, session, credits: "300", amount: "300" },
        { ...at(13, 5), ...back, session: null, credits: "250", amount: "250" },
      ]);
      const consumption = { offering, owner, subject: testHash("subject"), credits: 30n, sequence: 700n } as const;
      expect(file("consumptions.jsonl")).toEqual([
        { ...at(13, 3), ...consumption, credits: "30", sequence: "700", receipt: consumptionHash(consumption) },
      ]);
      expect(file("settlements.jsonl")[3]).toEqual({
        ...at(11, 0),
        offering,
        submitter: founder,
        receiptsRoot: testHash("root"),
        position: 1,
        session,
        used: "700",
        consumed: "200",
        receiptsHead: `0x${"0".repeat(64)}`,
        reason: "ok",
      });
      expect(file("settlements.jsonl").map(({ reason }) => reason)).toEqual(["ok", "unknown_session", "stale", "ok"]);
      expect(file("releases.jsonl")[0]).toEqual({
        ...at(9, 1),
        offering,
        amount: "500",
        holders: "150",
        treasury: "50",
        operator: "300",
      });
      expect(file("claims.jsonl").map(({ role, account, amount }) => [role, account, amount])).toEqual([
        ["operator", operator, "300"],
        ["treasury", treasury, "50"],
        ["holder", founder, "150"],
        ["holder", investor, "15"],
      ]);
    });

    it("has what stands now: cards, models, wallets and shares", async () => {
      const file = await exported();
      expect(file("rate-cards.jsonl")).toEqual([
        { rateCardHash: testHash("rate card"), weights: { output: "1000000" } },
      ]);
      expect(file("models.jsonl")).toMatchObject([
        { model, owner: founder, lifetimeRevenue: "210", claimedRevenue: "165", money: { moneyIn: "1400000000000" } },
      ]);
      expect(file("balances.jsonl")).toEqual(
        [owner, investor]
          .sort()
          .map((holder) => ({ offering, owner: holder, credits: holder === owner ? "20" : "100" })),
      );
      const shares = [
        { model, holder: founder, shares: "786432", claimed: "150", claimable: "45" },
        { model, holder: investor, shares: "262144", claimed: "15", claimable: "0" },
      ];
      expect(file("holdings.jsonl")).toEqual(shares.sort((a, b) => (a.holder < b.holder ? -1 : 1)));
    });

    it("says of the offering and the session what the API says, field by field", async () => {
      const api = await serveApi({ ledger: subject.ledger });
      const { data } = await api.query(
        `query ($offering: ID!, $session: ID!) {
          offering(id: $offering) {
            kind termsHash tier rateCardHash holdersBps treasuryBps sellUntil exitDelay expiresAt transferable registeredBlock treasury operator
            pricePerMillion { raw } outstanding { raw } consumed { raw } released { raw } releasable { raw } holdersRevenue { raw }
            operatorRevenue { earned { raw } claimed { raw } claimable { raw } }
            treasuryRevenue { earned { raw } claimed { raw } claimable { raw } } }
          session(id: $session) { state closableAt openedBlock sequence receiptsHead salt
            cap { raw } used { raw } charged { raw } available { raw } uncollectible { raw } }
          reconciliation { credits { issued { raw } inWallets { raw } available { raw } onHold { raw } charged { raw }
            settledWithReceipts { raw } settledWithoutReceipts { raw } consumedByOwners { raw } redeemed { raw } uncollectible { raw } } } }`,
        { offering, session },
      );
      await api.close();
      const said = data as Record<"offering" | "session" | "reconciliation", Record<string, unknown>>;
      const raw = (value: unknown): unknown => (value instanceof Object && "raw" in value ? value.raw : value);
      const flat = (object: Record<string, unknown> | undefined) =>
        Object.fromEntries(Object.entries(object ?? {}).map(([name, value]) => [name, raw(value)]));
      const role = (name: string, part: unknown) => {
        const { earned, claimed, claimable } = part as Record<string, unknown>;
        return flat({ [`${name}Earned`]: earned, [`${name}Claimed`]: claimed, [`${name}Claimable`]: claimable });
      };
      const { operatorRevenue, treasuryRevenue, ...terms } = said.offering;
      const [credits] = said.reconciliation.credits as Record<string, unknown>[];

      const file = await exported();
      expect(file("offerings.jsonl")).toEqual([
        {
          ...flat(terms),
          ...role("operator", operatorRevenue),
          ...role("treasury", treasuryRevenue),
          offering,
          model,
          paymentToken: example.paymentToken,
          tier: "realtime",
          treasury,
          operator,
          credits: flat(credits),
        },
      ]);
      expect(file("sessions.jsonl")).toEqual([
        { ...flat(said.session), session, offering, owner, signer, salt, state: "closed", onHold: null },
      ]);
    });

    it.each([
      ["?asOf=YESTERDAY", {}, 400, "BAD_REQUEST"],
      ["", { method: "POST" }, 400, "BAD_REQUEST"],
      ["?asOf=SAFE", {}, 503, "FINALITY_UNKNOWN"],
    ])("refuses GET /export%s %j", async (query, init, status, code) => {
      expect(await exporter.read(query, init)).toMatchObject({ status, code });
    });

    describe("takes the ledger from its writers", () => {
      const write = (name: string) => subject.ledger.db.updateTable("model").set({ name }).execute();

      it("only as long as it may", async () => {
        const hasty = await serveExport({ ledger: subject.ledger, limitMs: 0 });
        expect(await hasty.read()).toMatchObject({ status: 504, code: "TIMED_OUT" });
        await hasty.close();
        await write("Example model");
      });

      it("not for as long as a client takes to read", async () => {
        // More than any socket takes in by itself.
        await write("x".repeat(8_000_000));
        const slow = get(exporter.url);
        const [response] = await once(slow, "response");
        await write("Example model");
        response.destroy();
      });

      it("not for a client who left while it waited for its turn", async () => {
        const leave = new AbortController();
        const first = exporter.read();
        const second = exporter.read("", { signal: leave.signal });
        leave.abort();
        await expect(second).rejects.toThrow(/abort/);
        expect(await first).toMatchObject({ status: 200 });
        expect(await exporter.read()).toMatchObject({ status: 200 });
      });
    });

    describe("as of an earlier block", () => {
      beforeAll(() => markExample(subject.ledger, { safe: 9n, finalized: 6n }));

      it("tells of the chain of then and of the receipts of now", async () => {
        const safe = await exported("SAFE");
        expect(safe("manifest.json")).toMatchObject([{ block: { number: "9" }, finality: "SAFE", difference: "0" }]);
        expect(safe("sessions.jsonl")).toMatchObject([{ state: "open", used: "500", charged: "800", onHold: "0" }]);
        expect(["settlements.jsonl", "claims.jsonl", "receipts.jsonl"].map((name) => safe(name).length)).toEqual([
          2, 0, 2,
        ]);
      });

      it("calls a session suspended that was not there then, if it has receipts", async () => {
        await openTestSession(subject.ledger, { credits: 1n, offering });
        const nothing = { owner: null, signer: null, salt: null, closableAt: null, openedBlock: null, onHold: null };
        expect((await exported("FINALIZED"))("sessions.jsonl")).toMatchObject([
          { ...nothing, session, state: "suspended", cap: "0", used: "0", charged: "800", uncollectible: "800" },
        ]);
      });
    });
  });

  describe("of more than a page", () => {
    afterAll(() => emptyLedger(subject.ledger));

    it("has every line once, in the order of its key", async () => {
      const holder = (index: number) => `0x${index.toString(16).padStart(40, "0")}`;
      const rows = Array.from({ length: 230 }, (_, index) => {
        return { model, holder: holder(index * 7919), balance: 0n, correction: 0n, claimed: 0n };
      });
      await subject.ledger.db.insertInto("share_holder").values(rows).execute();
      const holdings = (await exported())("holdings.jsonl").map((line) => String(line.holder));
      expect(holdings).toEqual([...rows.map((row) => row.holder), founder, investor].sort());
    });
  });
});
