import { rateCard } from "@joulemint/economics/RateCard";
import { apiKeyRequestTypedData } from "@joulemint/protocol/apiKeyRequest";
import { signVoucher } from "@joulemint/protocol/Voucher";
import type { Hex, LocalAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { completion } from "./testing/openAiAnswers.ts";
import { DOMAIN, MODEL, openTestGateway, type TestGateway } from "./testing/openTestGateway.ts";

const card = rateCard({ input: 1_000n, output: 1_000n });
const owner = privateKeyToAccount(`0x${"11".repeat(32)}`);
const signer = privateKeyToAccount(`0x${"22".repeat(32)}`);
const stranger = privateKeyToAccount(`0x${"33".repeat(32)}`);
const lower = (account: LocalAccount) => account.address.toLowerCase() as Hex;

let test: TestGateway;
beforeAll(async () => {
  test = await openTestGateway();
  test.upstream.answer = (response) =>
    response.writeHead(200).end(completion("Hi.", { prompt_tokens: 3, completion_tokens: 2 }));
}, 60_000);
afterAll(() => test.close(), 60_000);

const open = (consumerSigned: boolean) =>
  test.openSession({ credits: 10_000n, rateCard: card, consumerSigned, owner: lower(owner), signer: lower(signer) });
const inAnHour = () => Math.floor(Date.now() / 1_000) + 3_600;
const get = async (path: string) => {
  const answer = await fetch(test.url + path);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const post = async (path: string, body: object) => {
  const answer = await fetch(test.url + path, { method: "POST", body: JSON.stringify(body) });
  const json = (await answer.json()) as Record<string, unknown> & { error?: { code: string } };
  return { status: answer.status, body: json, code: json.error?.code };
};

describe("a session whose consumer signs its vouchers", () => {
  it("is served one hold beyond its last voucher, then asks for the voucher to sign, and goes on when it gets it", async () => {
    const { session, apiKey } = await open(true);
    const first = await test.chat(apiKey, { max_tokens: 5 });
    expect(first.status).toBe(200);
    const head = (await test.receiptOf(first)).hash;

    const second = await test.chat(apiKey, { max_tokens: 5 });
    expect(second.status).toBe(402);
    const due = { session, cumulative: "5", receiptsHead: head };
    expect(((await second.json()) as { error: object }).error).toMatchObject({ code: "VOUCHER_REQUIRED", ...due });
    expect(second.headers.get("x-should-retry")).toBe("false");

    const { body: toSign } = await get(`/sessions/${session}/voucher`);
    expect(toSign).toMatchObject({
      message: due,
      primaryType: "Voucher",
      signer: lower(signer),
      cap: "10000",
      signed: "0",
    });
    // What a wallet gets is what the library signs.
    const signature = await signer.signTypedData({
      domain: toSign.domain as { chainId: number },
      types: toSign.types as { Voucher: { name: string; type: string }[] },
      primaryType: "Voucher",
      message: { ...due, cumulative: 5 },
    });
    expect(await post(`/sessions/${session}/voucher`, { ...due, signature })).toMatchObject({ status: 200, body: due });
    expect((await test.chat(apiKey, { max_tokens: 5 })).status).toBe(200);
    expect(await test.meter(session)).toMatchObject({ charged: 10n, held: 0n });
  });

  it("takes a compact signature, and an old voucher again without harm", async () => {
    const { session, apiKey } = await open(true);
    const head = (await test.receiptOf(await test.chat(apiKey, { max_tokens: 5 }))).hash;
    const signature = await signVoucher({ session, cumulative: 5n, receiptsHead: head }, signer, DOMAIN);
    for (let again = 0; again < 2; again++) {
      const { status } = await post(`/sessions/${session}/voucher`, { cumulative: "5", receiptsHead: head, signature });
      expect(status).toBe(200);
    }
    expect((await get(`/sessions/${session}/voucher`)).body).toMatchObject({ signed: "5" });
  });

  it("takes what was used above a cap that the chain has lowered: the rest of the cap may come back", async () => {
    const { session, apiKey } = await open(true);
    const head = (await test.receiptOf(await test.chat(apiKey, { max_tokens: 5 }))).hash;
    await test.ledger.db.updateTable("session").set({ cap: 3n }).where("id", "=", session).execute();
    const due = { session, cumulative: 5n, receiptsHead: head };
    const signature = await signVoucher(due, signer, DOMAIN);
    const body = { cumulative: "5", receiptsHead: head, signature };
    expect((await post(`/sessions/${session}/voucher`, body)).status).toBe(200);
  });

  it("refuses what its signer did not sign, or what no receipt says", async () => {
    const { session, apiKey } = await open(true);
    const head = (await test.receiptOf(await test.chat(apiKey, { max_tokens: 5 }))).hash;
    const path = `/sessions/${session}/voucher`;
    const give = async (by: LocalAccount, cumulative: bigint, receiptsHead: Hex, claimed = cumulative) => {
      const signature = await signVoucher({ session, cumulative, receiptsHead }, by, DOMAIN);
      return (await post(path, { cumulative: String(claimed), receiptsHead, signature })).code;
    };
    expect(await give(stranger, 5n, head)).toBe("VOUCHER_INVALID");
    expect(await give(signer, 4n, head, 5n)).toBe("VOUCHER_INVALID");
    expect(await give(signer, 6n, head)).toBe("VOUCHER_INVALID");
    expect(await give(signer, 5n, `0x${"ab".repeat(32)}`)).toBe("VOUCHER_INVALID");
    expect(await give(signer, 10_001n, head)).toBe("VOUCHER_INVALID");
    const fine = { cumulative: "5", receiptsHead: head, signature: `0x${"00".repeat(65)}` };
    expect((await post(path, fine)).code).toBe("VOUCHER_INVALID");
    expect((await post(path, { ...fine, cumulative: "-5" })).code).toBe("BAD_REQUEST");
    expect((await post(path, { ...fine, signature: "0x12" })).code).toBe("BAD_REQUEST");
    expect((await post(path, { ...fine, receiptsHead: 7 })).code).toBe("BAD_REQUEST");
    expect((await get(path)).body).toMatchObject({ signed: "0" });
  });

  it.each(["0x12", `0x${"00".repeat(32)}`, "..%2f"])("must exist (%s)", async (id) => {
    expect(await get(`/sessions/${id}/voucher`)).toMatchObject({
      status: 404,
      body: { error: { code: "SESSION_NOT_FOUND" } },
    });
  });
});

describe("a key of a session", () => {
  const ask = async (by: LocalAccount, session: Hex, expiresAt: number) =>
    by.signTypedData(apiKeyRequestTypedData({ session, expiresAt: BigInt(expiresAt) }, DOMAIN));

  it("is made for its owner, and spends from it", async () => {
    const { session } = await open(false);
    const expiresAt = inAnHour();
    const signature = await ask(owner, session, expiresAt);
    const made = await post(`/sessions/${session}/keys`, { expiresAt, signature, label: "laptop" });
    expect(made).toMatchObject({ status: 200, body: { expiresAt, apiKey: expect.stringMatching(/^jm_/) as string } });
    expect((await test.chat(String(made.body.apiKey), { max_tokens: 5 })).status).toBe(200);
    expect(await test.meter(session)).toMatchObject({ charged: 5n });
  });

  it("is not made for anybody else, or for another wish than the signed one", async () => {
    const { session } = await open(false);
    const other = await open(false);
    const expiresAt = inAnHour();
    const path = `/sessions/${session}/keys`;
    const byOwner = await ask(owner, session, expiresAt);
    expect((await post(path, { expiresAt, signature: await ask(signer, session, expiresAt) })).code).toBe(
      "INVALID_API_KEY",
    );
    expect((await post(path, { expiresAt: expiresAt + 1, signature: byOwner })).code).toBe("INVALID_API_KEY");
    expect((await post(`/sessions/${other.session}/keys`, { expiresAt, signature: byOwner })).code).toBe(
      "INVALID_API_KEY",
    );
    expect((await post(path, { expiresAt: 5, signature: byOwner })).code).toBe("BAD_REQUEST");
    expect((await post(path, { expiresAt: expiresAt * 2, signature: byOwner })).code).toBe("BAD_REQUEST");
    expect((await post(path, { expiresAt, signature: byOwner, label: 7 })).code).toBe("BAD_REQUEST");
    const keys = await test.ledger.db.selectFrom("api_key").select("label").where("session", "=", session).execute();
    expect(keys).toEqual([{ label: "test" }]);
  });

  it("is not made for a closing session", async () => {
    const { session } = await open(false);
    await test.ledger.db.updateTable("session").set({ state: "closing" }).where("id", "=", session).execute();
    const expiresAt = inAnHour();
    const signature = await ask(owner, session, expiresAt);
    expect((await post(`/sessions/${session}/keys`, { expiresAt, signature })).code).toBe("SESSION_CLOSING");
  });
});

describe("a suspended session", () => {
  it("cannot be signed for, because nobody knows whose it is", async () => {
    const { session } = await open(true);
    await test.ledger.db.deleteFrom("session").where("id", "=", session).execute();
    await test.ledger.db.updateTable("meter").set({ state: "suspended" }).where("session", "=", session).execute();
    expect((await get(`/sessions/${session}/voucher`)).body).toMatchObject({ error: { code: "SESSION_SUSPENDED" } });
    const wish = { expiresAt: inAnHour(), signature: `0x${"11".repeat(65)}` };
    expect((await post(`/sessions/${session}/keys`, wish)).code).toBe("SESSION_SUSPENDED");
  });
});

describe("the other paths", () => {
  it("lists the models that are served", async () => {
    await open(false);
    const model = { id: MODEL, object: "model", created: 0, owned_by: "joulemint" };
    expect(await get("/v1/models")).toEqual({ status: 200, body: { object: "list", data: [model] } });
    expect(await get(`/v1/models/${MODEL}`)).toEqual({ status: 200, body: model });
    expect(await get("/v1/models/none")).toMatchObject({ status: 404, body: { error: { code: "MODEL_NOT_FOUND" } } });
  });

  it.each(["0199", "00000000-0000-7000-8000-000000000000", "%25"])("has no receipt %s", async (id) => {
    expect(await get(`/receipts/${id}`)).toMatchObject({ status: 404, body: { error: { code: "RECEIPT_NOT_FOUND" } } });
  });

  it("says that the receipt of a running call is pending", async () => {
    const { apiKey } = await open(false);
    const answer = test.upstream.answer;
    let finish = () => {};
    test.upstream.answer = (response) => {
      response.writeHead(200).write(": wait\n\n");
      finish = () => response.end();
    };
    const running = await test.chat(apiKey, { max_tokens: 5, stream: true });
    const id = running.headers.get("x-joulemint-receipt");
    expect(await get(`/receipts/${id}`)).toMatchObject({ status: 202, body: { error: { code: "RECEIPT_PENDING" } } });
    finish();
    expect(await running.text()).toContain("UPSTREAM_ERROR");
    expect(await get(`/receipts/${id}`)).toMatchObject({ status: 410, body: { error: { code: "CALL_NOT_CHARGED" } } });
    test.upstream.answer = answer;
  });

  it("is healthy", async () => {
    expect(await get("/health")).toEqual({ status: 200, body: { status: "ok" } });
  });

  it.each(["/", "/graphql", "/v1", "/v1/embeddings", "/receipts/", "/sessions/0x12/other"])(
    "leaves %s to others",
    async (path) => {
      expect((await fetch(test.url + path)).status).toBe(418);
    },
  );

  it.each([
    ["GET", "/v1/chat/completions"],
    ["POST", "/v1/models"],
    ["DELETE", "/receipts/x"],
  ])("does not do %s %s", async (method, path) => {
    const answer = await fetch(test.url + path, { method });
    expect(((await answer.json()) as { error: { code: string } }).error.code).toBe("BAD_REQUEST");
  });
});
