import { chat } from "@joulemint/app/client/chat";
import { fetchReceipt } from "@joulemint/app/client/fetchReceipt";
import { untilSettled } from "@joulemint/app/client/followReceipt";
import { createDatabase } from "@joulemint/ledger/testing/createDatabase";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditedFactory } from "../harness/auditedFactory.ts";
import { expectAuditAgrees } from "../harness/expectAuditAgrees.ts";
import { expectThirtySeven } from "../harness/expectThirtySeven.ts";
import { runJoulemint } from "../harness/runJoulemint.ts";
import { type FactoryProcess, startFactoryProcess } from "../harness/startFactoryProcess.ts";
import { type GatewayProcess, startGatewayProcess } from "../harness/startGatewayProcess.ts";

describe("joulemint gateway, four of them beside a factory on PostgreSQL", () => {
  let databaseUrl: string;
  let factory: FactoryProcess;
  let gateways: GatewayProcess[];

  beforeAll(async () => {
    databaseUrl = await createDatabase();
    factory = await startFactoryProcess({ args: ["--tokens-per-second", "100"], env: { DATABASE_URL: databaseUrl } });
    const names = ["north", "east", "south", "west"];
    gateways = await Promise.all(
      names.map((name) => startGatewayProcess({ state: factory.state, databaseUrl, args: ["--name", name] })),
    );
  });
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.terminate()));
    await factory.stop();
  });

  const ask = ({ url }: { url: string }) =>
    chat(url, factory.apiKey, {
      model: factory.model,
      messages: [{ role: "user", content: "Who is there?" }],
      max_tokens: 10,
    });

  it("100 parallel calls on a session good for 37 are 37 calls, whoever serves them", () =>
    expectThirtySeven(
      factory,
      gateways.map(({ url }) => url),
    ));

  it("what one of them served, all can show, and the factory settles", async () => {
    const [first, second] = gateways;
    if (first === undefined || second === undefined) throw new Error("there are four");
    expect(first.name).toBe("north");
    const { receiptId } = await ask(first);
    expect((await fetchReceipt(second.url, receiptId)).receipt.id).toBe(receiptId);
    await untilSettled(factory.client, receiptId);
  });

  it("SIGTERM drains one: what is in flight ends, what is new is refused, and the others go on", async () => {
    const [drained, other] = [gateways.pop(), gateways[0]];
    if (drained === undefined || other === undefined) throw new Error("there are four");
    const streaming = await fetch(`${drained.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${factory.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({
        model: factory.model,
        messages: [{ role: "user", content: "Take your time." }],
        stream: true,
        max_tokens: 100,
        twin: { outputTokens: 100 },
      }),
    });
    const stopped = drained.terminate();
    await expect.poll(() => ask(drained).catch((error) => error.details?.code)).toBe("GATEWAY_DRAINING");
    const text = await streaming.text();
    expect(text).toContain("data: [DONE]");
    await stopped;
    expect(drained.child.exitCode).toBe(0);
    const { receipt } = await fetchReceipt(other.url, streaming.headers.get("x-joulemint-receipt") ?? "");
    expect(receipt).toMatchObject({ finishReason: "length", produced: 100n, delivered: 100n });
    await ask(other);
    await expectAuditAgrees(auditedFactory(factory));
  });

  it.each([
    ["without DATABASE_URL", () => ({ DATABASE_URL: "" }), "CONFIG_INVALID"],
    ["on another database", async () => ({ DATABASE_URL: await createDatabase() }), "CONFIG_INVALID"],
  ] as const)("%s it does not start", async (_, env, code) => {
    const { status, stdout } = await runJoulemint(["gateway", "--state", factory.state, "--json"], await env());
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code, details: { setting: "DATABASE_URL" } } });
  });

  it("without a running factory it does not start", async () => {
    const env = { DATABASE_URL: databaseUrl };
    const { status, stdout } = await runJoulemint(["gateway", "--state", "no-such-folder", "--json"], env);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "FACTORY_NOT_RUNNING" } });
  });
});
