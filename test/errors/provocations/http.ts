import { randomUUID } from "node:crypto";
import { ownedSessions } from "@joulemint/app/client/ownedSessions";
import { until } from "@joulemint/app/client/until";
import { requestClose } from "@joulemint/chain/requestClose";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { Answered } from "../Answered.ts";
import type { Provocation, Provoked } from "../Provocation.ts";
import type { Scene } from "../Scene.ts";

const PLENTY = 10_000_000n;

const outcome = ({ status, error }: Answered): Provoked => ({ status, code: error?.code });
const http = (code: Provocation["code"], act: (scene: Scene) => Promise<Answered>): Provocation => ({
  code,
  surface: "HTTP",
  provoke: async (scene) => outcome(await act(scene)),
});

/** What a caller meets at the gateway. */
export const httpProvocations: readonly Provocation[] = [
  http("NOT_FOUND", ({ request }) => request("/nowhere")),
  http("INVALID_API_KEY", ({ call }) => call("jm_nobody", "hello")),
  http("MODEL_NOT_FOUND", ({ call, factory }) => call(factory.apiKey, "hello", { model: "another" })),
  http("BAD_REQUEST", ({ call, factory }) => call(factory.apiKey, "hello", { messages: "hello" })),
  http("BODY_TOO_LARGE", ({ call, factory }) => call(factory.apiKey, "x".repeat(11_000_000))),
  http("TIER_NOT_OFFERED", ({ call, factory }) => call(factory.apiKey, "hello", { service_tier: "batch" })),
  http("UPSTREAM_ERROR", ({ call, factory }) => call(factory.apiKey, "fail")),
  http("UPSTREAM_UNAVAILABLE", ({ call, factory }) => call(factory.apiKey, "vanish")),
  http("INSUFFICIENT_CREDIT", async ({ open, call }) => call((await open(1_000n)).apiKey, "hello")),
  http("CREDIT_ON_HOLD", async ({ open, hang, call, upstream }) => {
    const session = await open(500_000n);
    const { answered } = await hang(session, { max_tokens: 100_000 });
    const refused = await call(session.apiKey, "hello");
    upstream.release();
    await answered;
    return refused;
  }),
  http("SESSION_NOT_FOUND", ({ request }) => request(`/sessions/0x${"11".repeat(32)}/voucher`)),
  http("SESSION_NOT_SETTLED", async ({ open, post }) => post(`/sessions/${(await open(PLENTY)).session}/close`, {})),
  http("SESSION_CLOSING", async ({ open, call, owner, factory: { client } }) => {
    const { session, apiKey } = await open(PLENTY);
    const opened = (await ownedSessions(client, owner.address)).find(({ sessionId }) => sessionId === session);
    if (opened === undefined) throw new Error("the session is not indexed");
    await requestClose(client.wallet(owner), client.domain, client.card.offering, opened);
    return until("the request to close to be indexed", async () => {
      const answered = await call(apiKey, "hello");
      return answered.error === null ? null : answered;
    });
  }),
  http("VOUCHER_REQUIRED", async ({ open, call }) => {
    const { apiKey } = await open(PLENTY, privateKeyToAccount(generatePrivateKey()).address);
    await call(apiKey, "hello");
    return call(apiKey, "hello");
  }),
  http("VOUCHER_INVALID", async ({ open, post }) => {
    const { session } = await open(PLENTY, privateKeyToAccount(generatePrivateKey()).address);
    const forged = { cumulative: "1", receiptsHead: `0x${"00".repeat(32)}`, signature: `0x${"00".repeat(65)}` };
    return post(`/sessions/${session}/voucher`, forged);
  }),
  http("RECEIPT_NOT_FOUND", ({ request }) => request(`/receipts/${randomUUID()}`)),
  http("RECEIPT_PENDING", async ({ open, factory, request, upstream }) => {
    const { apiKey } = await open(PLENTY);
    const response = await fetch(`${factory.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "moody", messages: [{ role: "user", content: "hang" }], stream: true }),
    });
    const pending = await request(`/receipts/${response.headers.get("x-joulemint-receipt")}`);
    upstream.release();
    await response.text();
    return pending;
  }),
  http("CALL_NOT_CHARGED", async ({ call, factory, request }) => {
    const { receipt } = await call(factory.apiKey, "fail");
    return request(`/receipts/${receipt}`);
  }),
];
